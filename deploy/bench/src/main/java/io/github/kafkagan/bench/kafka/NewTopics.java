package io.github.kafkagan.bench.kafka;

import io.github.kafkagan.pipeline.contract.TopicDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Topics on a broker that is new. */
public final class NewTopics {
  private NewTopics() {}

  /** Creates topics as the pipeline's processes do. */
  public static void create(String bootstrapServers, List<TopicDefinition> topics) {
    List<NewTopic> wanted =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(wanted).all().toCompletionStage().toCompletableFuture().join();
    }
  }
}
