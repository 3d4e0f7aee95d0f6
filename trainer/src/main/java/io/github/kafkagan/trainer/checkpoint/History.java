package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The last generators of a model, which stay in the topic after newer ones have come, each in a
 * slot of its own. A new one goes where its step is already, since steps run again after a kill,
 * else where the oldest is: so they are of as many steps as there are slots.
 *
 * @param manifests by slot; slots that are empty or damaged are missing
 */
public record History(Map<String, Manifest> manifests) {
  private static final List<String> SLOTS =
      IntStream.range(0, Slots.HISTORY).mapToObj(Slots::history).toList();

  public History {
    manifests = Map.copyOf(manifests);
  }

  /** The history that a topic holds. */
  static History of(ModelCheckpoints generators) {
    Map<String, Manifest> manifests = new HashMap<>();
    for (String slot : SLOTS) {
      generators.slot(slot).undamaged().ifPresent(set -> manifests.put(slot, set.manifest()));
    }
    return new History(manifests);
  }

  /** A generator as the newest, and as its copy in the history, of the same version. */
  public List<CheckpointSet> copies(CheckpointSet newest) {
    String slot = slotFor(newest.manifest().step());
    return List.of(newest, new CheckpointSet(newest.manifest().in(slot), newest.bytes()));
  }

  /** This history with another checkpoint, if that is one of a history. */
  History with(Manifest published) {
    if (!Slots.isHistory(published.slot())) {
      return this;
    }
    Map<String, Manifest> all = new HashMap<>(manifests);
    all.put(published.slot(), published);
    return new History(all);
  }

  private String slotFor(long step) {
    return SLOTS.stream()
        .filter(slot -> manifests.containsKey(slot) && manifests.get(slot).step() == step)
        .findFirst()
        .orElseGet(() -> SLOTS.stream().min(Comparator.comparingLong(this::version)).orElseThrow());
  }

  private long version(String slot) {
    Manifest manifest = manifests.get(slot);
    return manifest == null ? -1 : manifest.version();
  }
}
