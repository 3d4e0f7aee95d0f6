package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.process.LoggedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that fills a topic as fast as the broker takes it. It is started for each turn, so that
 * the other's turn finds the machine idle.
 *
 * @param topic of its own, which exists
 * @param logs folder for what it says
 */
record Writer(
    String name,
    String bootstrapServers,
    String topic,
    int partitions,
    Path logs,
    List<String> command) {

  /** Records per second, once Java has compiled it for as long as the window is. */
  double rate(Duration window) {
    try (TopicGrowth growth = new TopicGrowth(bootstrapServers, topic, partitions);
        LoggedProcess process = LoggedProcess.start(name, logs, Map.of(), command)) {
      return growth.rate(process::requireAlive, window, window);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
