package io.github.kafkagan.chaos;

import io.github.kafkagan.broker.LocalCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;

/** Three brokers; what is struck is the one that leads a topic's first partition. */
final class ThreeBrokers implements Kafka {
  private final LocalCluster cluster;
  private final String topic;
  private int killed;

  private ThreeBrokers(LocalCluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  static ThreeBrokers start(Path folder, String topic) {
    return new ThreeBrokers(LocalCluster.start(folder), topic);
  }

  @Override
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  @Override
  public long pid() {
    return cluster.pid(leader());
  }

  @Override
  public void kill() {
    killed = leader();
    cluster.kill(killed);
  }

  /** Another one leads by now. */
  @Override
  public void restart() {
    cluster.restart(killed);
  }

  private int leader() {
    Node leader = describe().partitions().get(0).leader();
    if (leader == null) {
      throw new AssertionError("nobody leads " + topic);
    }
    return leader.id();
  }

  /** Whether every broker has everything. */
  boolean isInSync() {
    return describe().partitions().stream()
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  private TopicDescription describe() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().iterator().next();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
