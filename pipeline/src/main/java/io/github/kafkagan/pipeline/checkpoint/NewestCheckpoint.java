package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint topic holds for one slot when it is read once, from beginning to end.
 *
 * @param complete the newest set that is whole; empty if there is none
 * @param newestVersion highest version in any manifest of the model in this topic; -1 if none
 * @param newestBroken the newest manifest, if its set is not whole and newer than the whole one
 */
public record NewestCheckpoint(
    Optional<CheckpointSet> complete, long newestVersion, Optional<Assembly.Broken> newestBroken) {
  private static final long MAX_BYTES = 2L << 30;

  /**
   * Reads the topic.
   *
   * @param consumer read_committed, without subscription; its assignment is replaced
   */
  public static NewestCheckpoint read(
      Consumer<byte @Nullable [], byte @Nullable []> consumer,
      String topic,
      String model,
      String slot) {
    Reading reading = new Reading(model, slot);
    TopicScan.read(consumer, topic, reading::accept);
    return new NewestCheckpoint(reading.complete, reading.newestVersion, reading.broken);
  }

  private static final class Reading {
    private final String slot;
    private final CheckpointAssembler assembler;
    private Optional<CheckpointSet> complete = Optional.empty();
    private Optional<Assembly.Broken> broken = Optional.empty();
    private long newestVersion = -1;

    Reading(String model, String slot) {
      this.slot = slot;
      assembler = new CheckpointAssembler(key -> key.model().equals(model), MAX_BYTES);
    }

    void accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
      Assembly assembly = assembler.accept(record);
      if (assembly instanceof Assembly.Complete whole) {
        note(whole.set().manifest());
        if (whole.set().manifest().slot().equals(slot)) {
          complete = Optional.of(whole.set());
          broken = Optional.empty();
        }
      } else if (assembly instanceof Assembly.Broken part) {
        note(part.manifest());
        if (part.manifest().slot().equals(slot)) {
          broken = Optional.of(part);
        }
      }
    }

    private void note(Manifest manifest) {
      newestVersion = Math.max(newestVersion, manifest.version());
    }
  }
}
