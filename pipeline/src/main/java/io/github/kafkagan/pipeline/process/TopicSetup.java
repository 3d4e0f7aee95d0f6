package io.github.kafkagan.pipeline.process;

import io.github.kafkagan.pipeline.contract.TopicDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and refuses those that would lose data. */
public final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private TopicSetup() {}

  /**
   * Makes sure that all topics exist and have the right cleanup policy: a checkpoint topic that is
   * not compacted would grow without end, an images topic that is would swallow images.
   *
   * @throws UserError if no broker answers, or a topic cannot be used
   */
  public static void ensure(KafkaOptions options, Collection<TopicDefinition> topics) {
    ask(
        options,
        admin -> {
          Set<String> existing = await(admin.listTopics().names());
          List<NewTopic> missing = new ArrayList<>();
          List<TopicDefinition> present = new ArrayList<>();
          for (TopicDefinition topic : topics) {
            if (existing.contains(topic.name())) {
              present.add(topic);
            } else {
              missing.add(newTopic(topic, options.replicationFactor()));
            }
          }
          create(admin, missing);
          check(admin, present);
          return present;
        });
  }

  /**
   * What tells a topic from others of its name.
   *
   * @param id another one once a topic was deleted and created again
   */
  public record Identity(String id, int partitions) {}

  /**
   * Asks which topic it is.
   *
   * @throws UserError if no broker answers, or there is no such topic
   */
  public static Identity identity(KafkaOptions options, String topic) {
    return ask(
        options,
        admin -> {
          TopicDescription described =
              await(
                  Objects.requireNonNull(
                      admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
          return new Identity(described.topicId().toString(), described.partitions().size());
        });
  }

  private static <T> T ask(KafkaOptions options, Function<Admin, T> question) {
    Map<String, Object> properties = options.clientProperties();
    properties.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    try (Admin admin = Admin.create(properties)) {
      return askUntilKnown(admin, question);
    } catch (TimeoutException e) {
      throw UserError.failed(
          "no Kafka broker answers at %s within %d s"
              .formatted(options.bootstrapServers(), PATIENCE.toSeconds()));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw UserError.failed(
          "Kafka at %s: %s".formatted(options.bootstrapServers(), cause.getMessage()));
    }
  }

  /** A broker may not know yet what another process of the pipeline has just created. */
  private static <T> T askUntilKnown(Admin admin, Function<Admin, T> question) {
    long begin = System.nanoTime();
    while (true) {
      try {
        return question.apply(admin);
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() - begin > UNTIL_KNOWN.toNanos()) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(GLANCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static NewTopic newTopic(TopicDefinition topic, Optional<Short> replicationFactor) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), replicationFactor)
        .configs(topic.settings());
  }

  private static void create(Admin admin, List<NewTopic> missing) {
    for (Map.Entry<String, KafkaFuture<Void>> topic :
        admin.createTopics(missing).values().entrySet()) {
      try {
        await(topic.getValue());
        log.atInfo().addKeyValue("topic", topic.getKey()).log("Topic created");
      } catch (TopicExistsException e) {
        // Another process of the pipeline was quicker; it creates topics with the same settings.
      }
    }
  }

  private static void check(Admin admin, List<TopicDefinition> present) {
    List<ConfigResource> resources =
        present.stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(resources).values();
    for (int i = 0; i < present.size(); i++) {
      Config config = await(Objects.requireNonNull(configs.get(resources.get(i))));
      String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      String wanted = present.get(i).compacted() ? "compact" : "delete";
      if (!wanted.equals(policy)) {
        throw UserError.failed(
            "topic %s has cleanup.policy=%s, but must have %s; change it, or use another --topic-prefix"
                .formatted(present.get(i).name(), policy, wanted));
      }
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
