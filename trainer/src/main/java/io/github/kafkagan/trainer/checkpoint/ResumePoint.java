package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.NewestCheckpoint;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where an earlier run of the model got to.
 *
 * @param state its newest complete state; empty for a new model
 * @param best the state of its best generator; empty if none was evaluated
 * @param classifier that it evaluated with; empty if there is none
 * @param history the last generators that were published
 * @param nextVersion the first checkpoint version of this run
 * @param chunks per slot, how many chunks it holds
 */
public record ResumePoint(
    Optional<CheckpointSet> state,
    Optional<CheckpointSet> best,
    Optional<CheckpointSet> classifier,
    History history,
    long nextVersion,
    Map<String, Integer> chunks) {

  /**
   * Reads it from the topics. The caller has already fenced earlier runs, else one of them might
   * still commit a newer state.
   *
   * @param consumer read_committed, without subscription
   * @throws UserError if the newest state is damaged: going on from an older one would train images
   *     twice, so that is the user's decision
   */
  public static ResumePoint read(
      Consumer<byte @Nullable [], byte @Nullable []> consumer, Topics topics, String model) {
    ModelCheckpoints states = ModelCheckpoints.read(consumer, topics.trainerState().name(), model);
    ModelCheckpoints generators =
        ModelCheckpoints.read(consumer, topics.checkpoints().name(), model);
    NewestCheckpoint state = states.slot(Slots.STATE);
    state
        .damage()
        .ifPresent(
            damage -> {
              throw UserError.failed(
                  "the newest training state of %s cannot be used: %s"
                      .formatted(model, damage.reason()));
            });
    Map<String, Integer> chunks = new HashMap<>();
    states.slots().forEach((slot, held) -> chunks.put(slot, held.chunks()));
    generators.slots().forEach((slot, held) -> chunks.put(slot, held.chunks()));
    return new ResumePoint(
        state.complete(),
        states.slot(Slots.BEST_STATE).complete(),
        states.slot(Slots.CLASSIFIER).complete(),
        History.of(generators),
        Math.max(states.newestVersion(), generators.newestVersion()) + 1,
        chunks);
  }

  /** How far the earlier run got. */
  public Progress progress() {
    return state
        .map(CheckpointSet::manifest)
        .map(m -> new Progress(m.step(), m.imagesSeen(), StreamPosition.of(m)))
        .orElseGet(Progress::none);
  }

  /**
   * Checks that this run continues the earlier one.
   *
   * @throws UserError if it has another preset or seed
   */
  public void requireSame(Run run) {
    Manifest earlier = state.map(CheckpointSet::manifest).orElse(null);
    if (earlier == null) {
      return;
    }
    if (!earlier.spec().equals(run.presetSpec())) {
      throw UserError.usage(
          "model %s was trained with preset %s, which differs from this %s: choose another --model"
              .formatted(run.model(), earlier.origin().get(Run.PRESET), run.preset()));
    }
    String seed = earlier.origin().get(Run.SEED);
    if (!Long.toString(run.seed()).equals(seed)) {
      throw UserError.usage(
          "model %s was trained with --seed %s; give the same, or choose another --model"
              .formatted(run.model(), seed));
    }
  }
}
