package io.github.kafkagan.generator.rollout;

import static io.github.kafkagan.generator.rollout.SwapOutcome.STALE;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checkpoints that wait to be built, the newest of each slot, and what was taken before: each
 * version of a slot is taken once, in the order of versions. The history comes last, the newest of
 * it first, since nobody waits for it.
 */
final class BuildQueue {
  private static final Comparator<CheckpointSet> ORDER =
      Comparator.<CheckpointSet, Boolean>comparing(set -> Slots.isHistory(set.manifest().slot()))
          .thenComparing(
              Comparator.comparingLong((CheckpointSet set) -> set.manifest().version()).reversed());

  /** A slot of a model. */
  private record Place(String model, String slot) {
    static Place of(CheckpointSet set) {
      return new Place(set.manifest().model(), set.manifest().slot());
    }
  }

  private final RolloutLog log;
  private final Map<Place, CheckpointSet> waiting = new LinkedHashMap<>();
  private final Map<Place, Long> taken = new HashMap<>();
  private boolean building;
  private boolean anew;
  private boolean closed;

  /**
   * What is to be built.
   *
   * @param anew whether it is the first of another topic, whose versions begin anew
   */
  record Build(CheckpointSet set, boolean anew) {}

  BuildQueue(RolloutLog log) {
    this.log = log;
  }

  /** Takes verified checkpoints that came together, but for those that came before. */
  synchronized void offer(CheckpointSet... sets) {
    for (CheckpointSet set : sets) {
      add(set);
    }
    notifyAll();
  }

  private void add(CheckpointSet set) {
    Manifest manifest = set.manifest();
    long newest = taken.getOrDefault(Place.of(set), -1L);
    if (manifest.version() == newest) {
      return; // The topic is being read again.
    }
    if (manifest.version() < newest) {
      log.refused(manifest, STALE, "version %d came before".formatted(newest));
      return;
    }
    taken.put(Place.of(set), manifest.version());
    waiting.put(Place.of(set), set);
  }

  /**
   * Nothing came of a checkpoint, so that it is not one that others came after: whatever version it
   * claims, the next one gets its chance.
   */
  synchronized void failed(CheckpointSet set) {
    taken.remove(Place.of(set), set.manifest().version());
  }

  /** The topic is another one, whose versions begin anew. */
  synchronized void startAnew() {
    waiting.clear();
    taken.clear();
    anew = true;
  }

  /** Whether nothing is left that anybody waits for. */
  synchronized boolean idle() {
    Predicate<CheckpointSet> history = set -> Slots.isHistory(set.manifest().slot());
    return !building && waiting.values().stream().allMatch(history);
  }

  /** Waits for the next one, which counts as being built until the one after it is asked for. */
  synchronized Optional<Build> next() throws InterruptedException {
    building = false;
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      return Optional.empty();
    }
    CheckpointSet next = waiting.values().stream().min(ORDER).orElseThrow();
    waiting.remove(Place.of(next));
    building = !Slots.isHistory(next.manifest().slot());
    Build build = new Build(next, anew);
    anew = false;
    return Optional.of(build);
  }

  /** Nothing is to be built any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
