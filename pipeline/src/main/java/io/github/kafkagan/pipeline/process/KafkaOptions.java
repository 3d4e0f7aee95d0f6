package io.github.kafkagan.pipeline.process;

import io.github.kafkagan.pipeline.contract.ModelName;
import io.github.kafkagan.pipeline.contract.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to reach Kafka, and which pipeline and model on it. */
public final class KafkaOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers to start from (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers = "localhost:9092";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties file for all Kafka clients, such as security settings.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = {"-X", "--kafka-property"},
      split = ",",
      paramLabel = "KEY=VALUE",
      description = "A property for all Kafka clients; repeatable; wins over --kafka-config.")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Replicas of topics that this process creates (default: the broker's own).")
  private @Nullable Short replicationFactor;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What all topics' names start with (default: ${DEFAULT-VALUE}).")
  private String topicPrefix = Topics.DEFAULT_PREFIX;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String model = "digits";

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public Optional<Short> replicationFactor() {
    return Optional.ofNullable(replicationFactor);
  }

  public Topics topics() {
    return check(() -> new Topics(topicPrefix));
  }

  public String model() {
    return check(() -> ModelName.require(model));
  }

  /** Properties for every Kafka client: the file's, then {@code -X}, then the bootstrap servers. */
  public Map<String, Object> clientProperties() {
    Properties file = new Properties();
    if (kafkaConfig != null) {
      try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw UserError.usage("--kafka-config: cannot read " + kafkaConfig + ": " + reason(e));
      }
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    file.stringPropertyNames().forEach(name -> properties.put(name, file.getProperty(name)));
    properties.putAll(kafkaProperties);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** A value that its record refuses is a usage error, told in the record's words. */
  public <T> T check(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      if (command == null) {
        throw UserError.usage(String.valueOf(e.getMessage()));
      }
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
