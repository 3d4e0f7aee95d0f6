package io.github.kafkagan.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three Kafka brokers on 127.0.0.1 as child processes, each a controller, too, and with a copy of
 * everything: any one of them can be lost. They do not outlive this process.
 */
public final class LocalCluster implements AutoCloseable {
  private static final int NODES = 3;

  private final Path dataDir;
  private final Uuid id = Uuid.randomUuid();
  private final List<ClusterNode> nodes;
  private final Map<Integer, Process> processes = new TreeMap<>();

  private LocalCluster(Path dataDir, List<ClusterNode> nodes) {
    this.dataDir = dataDir;
    this.nodes = nodes;
  }

  /**
   * Starts a new cluster and waits until each of its brokers answers.
   *
   * @param dataDir created; must not hold another cluster's data
   * @throws BrokerException if one does not come up
   */
  public static LocalCluster start(Path dataDir) {
    Set<Integer> ports = new HashSet<>();
    while (ports.size() < 2 * NODES) {
      ports.add(FreePort.find());
    }
    List<Integer> free = List.copyOf(ports);
    List<ClusterNode> nodes =
        IntStream.range(0, NODES)
            .mapToObj(
                number ->
                    new ClusterNode(number + 1, free.get(2 * number), free.get(2 * number + 1)))
            .toList();
    LocalCluster cluster = new LocalCluster(dataDir, nodes);
    try {
      nodes.forEach(cluster::launch);
      nodes.forEach(cluster::awaitAnswer);
      return cluster;
    } catch (BrokerException e) {
      cluster.close();
      throw e;
    }
  }

  private void launch(ClusterNode node) {
    try {
      Path folder = Files.createDirectories(folder(node));
      Path properties = ServerProperties.writeMember(folder, node, nodes);
      processes.put(
          node.id(),
          BrokerProcess.launch(
              properties, ServerProperties.logs(folder), id, BrokerLog.in(folder).file()));
    } catch (IOException e) {
      throw new BrokerException("Kafka could not be started in " + dataDir + ": " + e, e);
    }
  }

  private void awaitAnswer(ClusterNode node) {
    if (!Readiness.await(node.port(), process(node.id())::isAlive)) {
      throw new BrokerException(
          "Broker %d of the cluster did not start; see %s".formatted(node.id(), folder(node)));
    }
  }

  private Path folder(ClusterNode node) {
    return dataDir.resolve("node-" + node.id());
  }

  private Process process(int broker) {
    Process process = processes.get(broker);
    if (process == null) {
      throw new IllegalArgumentException("brokers are 1 to %d, not %d".formatted(NODES, broker));
    }
    return process;
  }

  /** What clients set as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
  }

  /**
   * A broker's process id.
   *
   * @param broker as Kafka's metadata calls it
   */
  public long pid(int broker) {
    return process(broker).pid();
  }

  /** Stops a broker as a crash would (SIGKILL). */
  public void kill(int broker) {
    process(broker).destroyForcibly().onExit().join();
  }

  /**
   * Starts a broker that was killed, on the data and port it had, and waits until it answers.
   *
   * @throws BrokerException if it does not come up
   */
  public void restart(int broker) {
    ClusterNode node = nodes.get(broker - 1);
    launch(node);
    awaitAnswer(node);
  }

  /** Kills all of them: a cluster is not used again. */
  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    processes.values().forEach(process -> process.onExit().join());
  }
}
