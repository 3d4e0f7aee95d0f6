package io.github.kafkagan.bench.presets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.checkpoint.TopicScan;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads from the topics what a trainer has left there. */
final class TrainedModel {
  private TrainedModel() {}

  /**
   * What a model was at its end.
   *
   * @param preset which is the model's name, too
   * @param time for how long it was trained
   * @throws IllegalStateException if it left no checkpoint
   */
  static PresetResult read(String bootstrapServers, Topics topics, String preset, Duration time) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = consumer(bootstrapServers)) {
      Manifest manifest =
          ModelCheckpoints.read(consumer, topics.checkpoints().name(), preset)
              .slot(Slots.LATEST)
              .complete()
              .orElseThrow(() -> new IllegalStateException(preset + " left no checkpoint"))
              .manifest();
      return new PresetResult(
          preset,
          manifest.step(),
          manifest.imagesSeen(),
          manifest.imagesSeen() * 1000.0 / time.toMillis(),
          manifest.quality(),
          newestSheet(consumer, topics, preset));
    }
  }

  private static byte @Nullable [] newestSheet(
      Consumer<byte @Nullable [], byte @Nullable []> consumer, Topics topics, String model) {
    byte[] key = model.getBytes(UTF_8);
    byte[][] newest = {null};
    TopicScan.read(
        consumer,
        topics.samples().name(),
        sheet -> {
          if (Arrays.equals(sheet.key(), key)) {
            newest[0] = sheet.value();
          }
        });
    return newest[0];
  }

  private static Consumer<byte @Nullable [], byte @Nullable []> consumer(String servers) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
