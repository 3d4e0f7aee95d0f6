package io.github.kafkagan.pipeline.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which trainer run owns a model. A run claims it in its first transaction; one that finds itself
 * fenced reads the claim, and so tells a successor from a transaction that timed out.
 */
public final class Ownership {
  private Ownership() {}

  public static ProducerRecord<byte[], byte[]> claim(String topic, String model, String runId) {
    return new ProducerRecord<>(topic, key(model), runId.getBytes(UTF_8));
  }

  /**
   * The run that claimed the model last, or null.
   *
   * @param consumer read_committed; its assignment is replaced
   */
  public static @Nullable String owner(
      Consumer<byte @Nullable [], byte @Nullable []> consumer, String topic, String model) {
    AtomicReference<@Nullable String> owner = new AtomicReference<>();
    byte[] key = key(model);
    TopicScan.read(
        consumer,
        topic,
        record -> {
          if (Arrays.equals(key, record.key()) && record.value() != null) {
            owner.set(new String(record.value(), UTF_8));
          }
        });
    return owner.get();
  }

  private static byte[] key(String model) {
    return SlotKey.manifest(model, Slots.OWNER).bytes();
  }
}
