package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.client.TrainerClients;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Reads a model's checkpoints out of their topic. */
final class StoredCheckpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Comparator<CheckpointSet> BY_VERSION =
      Comparator.comparingLong(set -> set.manifest().version());

  private StoredCheckpoint() {}

  /**
   * Returns the newest whole checkpoint.
   *
   * @throws UserError if there is none, or the topic cannot be read
   */
  static CheckpointSet read(KafkaOptions kafka, String topic, String slot) {
    return read(kafka, topic)
        .slot(slot)
        .complete()
        .orElseThrow(
            () ->
                UserError.failed(
                    "topic %s has no whole checkpoint %s/%s"
                        .formatted(topic, kafka.model(), slot)));
  }

  /**
   * Returns the generator after a step.
   *
   * @throws UserError if it is not in the topic any more, or the topic cannot be read
   */
  static CheckpointSet generator(KafkaOptions kafka, long step) {
    List<CheckpointSet> all =
        generators(
            kafka,
            slot -> slot.equals(Slots.LATEST) || slot.equals(Slots.BEST) || Slots.isHistory(slot));
    return all.stream()
        .filter(set -> set.manifest().step() == step)
        .max(BY_VERSION)
        .orElseThrow(
            () ->
                UserError.failed(
                    "there is no generator of %s after step %d in Kafka; there are those after steps %s"
                        .formatted(kafka.model(), step, steps(all))));
  }

  /**
   * Returns the generators in the history, the oldest first.
   *
   * @throws UserError if there are none, or the topic cannot be read
   */
  static List<CheckpointSet> history(KafkaOptions kafka) {
    List<CheckpointSet> history = generators(kafka, Slots::isHistory);
    if (history.isEmpty()) {
      throw UserError.failed("there is no history of %s in Kafka".formatted(kafka.model()));
    }
    return history;
  }

  /** Those in some of the slots, the oldest first. */
  private static List<CheckpointSet> generators(KafkaOptions kafka, Predicate<String> slots) {
    return read(kafka, kafka.topics().checkpoints().name()).slots().entrySet().stream()
        .filter(slot -> slots.test(slot.getKey()))
        .flatMap(slot -> slot.getValue().complete().stream())
        .sorted(BY_VERSION)
        .toList();
  }

  private static List<Long> steps(List<CheckpointSet> sets) {
    return sets.stream().map(set -> set.manifest().step()).distinct().sorted().toList();
  }

  private static ModelCheckpoints read(KafkaOptions kafka, String topic) {
    String model = kafka.model();
    Map<String, Object> properties = kafka.clientProperties();
    properties.putIfAbsent(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    TrainerClients clients = TrainerClients.of(properties, kafka.topics(), model);
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      return ModelCheckpoints.read(consumer, topic, model);
    } catch (KafkaException e) {
      throw UserError.failed(
          "cannot read topic %s at %s: %s"
              .formatted(topic, kafka.bootstrapServers(), e.getMessage()));
    }
  }
}
