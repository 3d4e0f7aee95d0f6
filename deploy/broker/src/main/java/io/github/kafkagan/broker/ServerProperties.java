package io.github.kafkagan.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;

/** The configuration of nodes that are broker and controller, reachable from here only. */
final class ServerProperties {
  /** The name of a node that is the only one. */
  static final int NODE_ID = 1;

  /** How long after a crash the controller takes the broker for alive. */
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(3);

  private static final String HOST = "127.0.0.1";
  private static final String FILE = "server.properties";

  private ServerProperties() {}

  /** Writes {@code dataDir/server.properties} and returns its path. */
  static Path write(Path dataDir, int port, int controllerPort) throws IOException {
    String listener = "PLAINTEXT://" + HOST + ":" + port;
    Properties properties = new Properties();
    properties.putAll(node(dataDir, controllerPort));
    properties.putAll(settings(1));
    properties.put("process.roles", "broker,controller");
    properties.put("listeners", listener + "," + properties.get("listeners"));
    properties.put("advertised.listeners", listener);
    return store(properties, dataDir.resolve(FILE));
  }

  /** Writes {@code dataDir/controller.properties}, of the node without its broker. */
  static Path writeController(Path dataDir, int controllerPort) throws IOException {
    Properties properties = new Properties();
    properties.putAll(node(dataDir, controllerPort));
    properties.putAll(settings(1));
    properties.put("process.roles", "controller");
    return store(properties, dataDir.resolve("controller.properties"));
  }

  /** Writes {@code dataDir/server.properties} of one node of several, and returns its path. */
  static Path writeMember(Path dataDir, ClusterNode self, List<ClusterNode> all)
      throws IOException {
    String listener = "PLAINTEXT://" + HOST + ":" + self.port();
    Properties properties = new Properties();
    properties.putAll(node(dataDir, self.controllerPort()));
    properties.putAll(settings(all.size()));
    properties.put("node.id", Integer.toString(self.id()));
    properties.put(
        "controller.quorum.voters",
        all.stream()
            .map(voter -> voter.id() + "@" + HOST + ":" + voter.controllerPort())
            .collect(Collectors.joining(",")));
    properties.put("process.roles", "broker,controller");
    properties.put("listeners", listener + "," + properties.get("listeners"));
    properties.put("advertised.listeners", listener);
    return store(properties, dataDir.resolve(FILE));
  }

  private static Path store(Properties properties, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  /** The port of this folder's last run, if it had one. */
  static OptionalInt lastPort(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    String listener = properties.getProperty("advertised.listeners", "");
    return listener.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(URI.create(listener).getPort());
  }

  /** The folder of the partitions' logs. */
  static Path logs(Path dataDir) {
    return dataDir.resolve("log").toAbsolutePath();
  }

  private static Map<String, String> node(Path dataDir, int controllerPort) {
    return Map.of(
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + HOST + ":" + controllerPort,
        "controller.listener.names",
        "CONTROLLER",
        "listeners",
        "CONTROLLER://" + HOST + ":" + controllerPort,
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs",
        logs(dataDir).toString());
  }

  /**
   * What does not depend on the node.
   *
   * @param nodes each with a copy of everything; all but one have to have it before it counts
   */
  private static Map<String, String> settings(int nodes) {
    String copies = Integer.toString(nodes);
    String inSync = Integer.toString(Math.max(1, nodes - 1));
    return Map.ofEntries(
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("default.replication.factor", copies),
        Map.entry("min.insync.replicas", inSync),
        Map.entry("offsets.topic.replication.factor", copies),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", copies),
        Map.entry("transaction.state.log.min.isr", inSync),
        Map.entry("transaction.state.log.num.partitions", "4"),
        // Transactions are short here: one that comes before the broker is through with the last
        // one waits that long, by default 20 ms, and all behind it.
        Map.entry("add.partitions.to.txn.retry.backoff.ms", "2"),
        Map.entry("share.coordinator.state.topic.replication.factor", copies),
        Map.entry("share.coordinator.state.topic.min.isr", inSync),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // A transaction that a killed process left open holds back read_committed readers until
        // it is aborted, which is looked for every 10 s by default.
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
        Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
        Map.entry("log.cleaner.backoff.ms", "5000"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("num.replica.fetchers", "1"),
        Map.entry("num.recovery.threads.per.data.dir", "2"),
        // After a crash the controller refuses the broker until its old session ends (9 s by
        // default).
        Map.entry("broker.session.timeout.ms", Long.toString(SESSION_TIMEOUT.toMillis())),
        Map.entry("broker.heartbeat.interval.ms", "500"));
  }
}
