package io.github.kafkagan.chaos;

import io.github.kafkagan.broker.LocalBroker;
import java.nio.file.Path;

/** A broker, without which there is nothing. */
final class OneBroker implements Kafka {
  private final Path folder;
  private LocalBroker broker;

  private OneBroker(Path folder, LocalBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  static OneBroker start(Path folder) {
    return new OneBroker(folder, LocalBroker.start(folder));
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public long pid() {
    return broker.pid();
  }

  boolean isAlive() {
    return broker.isAlive();
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void restart() {
    broker = LocalBroker.start(folder);
  }

  @Override
  public void close() {
    broker.kill();
  }
}
