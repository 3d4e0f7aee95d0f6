package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.client.TrainerClients;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Reads a model's newest checkpoint out of its topic. */
final class StoredCheckpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private StoredCheckpoint() {}

  /**
   * Returns the newest whole checkpoint.
   *
   * @throws UserError if there is none, or the topic cannot be read
   */
  static CheckpointSet read(KafkaOptions kafka, String topic, String slot) {
    String model = kafka.model();
    Map<String, Object> properties = kafka.clientProperties();
    properties.putIfAbsent(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    TrainerClients clients = TrainerClients.of(properties, kafka.topics(), model);
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      return ModelCheckpoints.read(consumer, topic, model)
          .slot(slot)
          .complete()
          .orElseThrow(
              () ->
                  UserError.failed(
                      "topic %s has no whole checkpoint %s/%s".formatted(topic, model, slot)));
    } catch (KafkaException e) {
      throw UserError.failed(
          "cannot read topic %s at %s: %s"
              .formatted(topic, kafka.bootstrapServers(), e.getMessage()));
    }
  }
}
