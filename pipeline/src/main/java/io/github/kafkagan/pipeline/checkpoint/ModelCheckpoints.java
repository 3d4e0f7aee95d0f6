package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.checkpoint.NewestCheckpoint.Damage;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint topic holds for one model when it is read once, from beginning to end.
 *
 * @param slots by name
 * @param newestVersion highest version in any of the model's manifests in this topic; -1 if none
 */
public record ModelCheckpoints(Map<String, NewestCheckpoint> slots, long newestVersion) {
  private static final long MAX_BYTES = 2L << 30;

  public ModelCheckpoints {
    slots = Map.copyOf(slots);
  }

  /** What there is in a slot. */
  public NewestCheckpoint slot(String name) {
    return slots.getOrDefault(name, NewestCheckpoint.NONE);
  }

  /**
   * Reads the topic.
   *
   * @param consumer read_committed, without subscription; its assignment is replaced
   */
  public static ModelCheckpoints read(
      Consumer<byte @Nullable [], byte @Nullable []> consumer, String topic, String model) {
    Reading reading = new Reading(model);
    TopicScan.read(consumer, topic, reading::accept);
    return new ModelCheckpoints(reading.slots, reading.newestVersion);
  }

  private static final class Reading {
    private final CheckpointAssembler assembler;
    private final Map<String, NewestCheckpoint> slots = new HashMap<>();
    private long newestVersion = -1;

    Reading(String model) {
      assembler = new CheckpointAssembler(key -> key.model().equals(model), MAX_BYTES);
    }

    void accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
      Assembly assembly = assembler.accept(record);
      if (assembly instanceof Assembly.Complete whole) {
        Manifest manifest = whole.set().manifest();
        newestVersion = Math.max(newestVersion, manifest.version());
        slots.put(
            manifest.slot(), new NewestCheckpoint(Optional.of(whole.set()), Optional.empty()));
      } else if (assembly instanceof Assembly.Broken part) {
        Manifest manifest = part.manifest();
        newestVersion = Math.max(newestVersion, manifest.version());
        Optional<CheckpointSet> whole =
            slots.getOrDefault(manifest.slot(), NewestCheckpoint.NONE).complete();
        slots.put(
            manifest.slot(),
            new NewestCheckpoint(whole, Optional.of(new Damage(part.reason(), manifest.chunks()))));
      } else if (assembly instanceof Assembly.Unreadable unreadable) {
        String slot = unreadable.key().slot();
        Optional<CheckpointSet> whole = slots.getOrDefault(slot, NewestCheckpoint.NONE).complete();
        slots.put(
            slot, new NewestCheckpoint(whole, Optional.of(new Damage(unreadable.reason(), 0))));
      }
    }
  }
}
