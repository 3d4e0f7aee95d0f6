package io.github.kafkagan.trainer;

import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.evaluate.EvaluationSettings;
import io.github.kafkagan.trainer.ingest.MissingOffsets;
import io.github.kafkagan.trainer.ingest.ReplayRequest;
import java.util.List;

/**
 * What a trainer process was asked to do.
 *
 * @param model the model's name
 * @param presetName what its preset is called
 * @param seed that initial weights and noise come from
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param threads of the engine
 * @param logEvery steps between two events of the training topic
 * @param replay what to train on instead of the stream
 * @param until the run ends at the first of these that is reached; without any it does not end
 */
record TrainerSettings(
    Topics topics,
    String model,
    String presetName,
    Preset preset,
    long seed,
    String device,
    int threads,
    Checkpoints.Intervals intervals,
    EvaluationSettings evaluation,
    int logEvery,
    MissingOffsets onMissing,
    ReplayRequest replay,
    List<Goal> until) {
  TrainerSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, was " + threads);
    }
    if (logEvery < 1) {
      throw new IllegalArgumentException("--log-every must be at least 1, was " + logEvery);
    }
    until = List.copyOf(until);
  }
}
