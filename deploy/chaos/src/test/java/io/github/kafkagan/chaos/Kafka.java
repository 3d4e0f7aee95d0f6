package io.github.kafkagan.chaos;

/** What the pipeline's processes have in common, one broker or several. */
interface Kafka extends AutoCloseable {
  /** What clients set as {@code bootstrap.servers}; the same for as long as it exists. */
  String bootstrapServers();

  /** Process id of the broker that faults happen to: if there are several, one that matters. */
  long pid();

  /** SIGKILL. */
  void kill();

  /** Starts again what was killed; returns when it answers. */
  void restart();

  @Override
  void close();
}
