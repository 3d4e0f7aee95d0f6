package io.github.kafkagan.pipeline.process;

import io.github.kafkagan.pipeline.contract.Topics;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every service has. */
public final class CommonOptions {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--ops-host",
      paramLabel = "ADDRESS",
      description = "Address of /metrics and /health (default: ${DEFAULT-VALUE}).")
  private String opsHost = "127.0.0.1";

  @Option(
      names = "--ops-port",
      paramLabel = "PORT",
      description = "Port of /metrics and /health; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int opsPort;

  /**
   * The options, with the service's own default port.
   *
   * @param opsPort what {@code --ops-port} is when it is not given
   */
  public CommonOptions(int opsPort) {
    this.opsPort = opsPort;
  }

  /** How to reach Kafka. */
  public KafkaOptions kafka() {
    return kafka;
  }

  public String opsHost() {
    return opsHost;
  }

  public int opsPort() {
    return opsPort;
  }

  /** As {@link KafkaOptions#bootstrapServers}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** As {@link KafkaOptions#topics}. */
  public Topics topics() {
    return kafka.topics();
  }

  /** As {@link KafkaOptions#model}. */
  public String model() {
    return kafka.model();
  }

  /** As {@link KafkaOptions#clientProperties}. */
  public Map<String, Object> clientProperties() {
    return kafka.clientProperties();
  }

  /** As {@link KafkaOptions#check}. */
  public <T> T check(Supplier<T> settings) {
    return kafka.check(settings);
  }
}
