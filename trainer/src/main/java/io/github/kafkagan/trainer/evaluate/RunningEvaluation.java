package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.quality.Classifier;
import io.github.kafkagan.gan.quality.Discriminator;
import io.github.kafkagan.gan.quality.Evaluation;
import io.github.kafkagan.gan.quality.Generated;
import io.github.kafkagan.gan.quality.QualityReport;
import io.github.kafkagan.gan.quality.Real;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An evaluation of copies of the networks, while the networks themselves learn on. */
final class RunningEvaluation implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final Progress progress;
  private final Snapshot state;
  private final AdversarialTraining frozen;
  private final Evaluation evaluation;
  private final Scale scale;
  private boolean done;
  private long nanos;

  /**
   * Copies the networks; evaluates nothing yet.
   *
   * @param classifier stays the caller's to close, after this; null without labels
   */
  RunningEvaluation(
      AdversarialTraining training, Progress progress, Real real, @Nullable Classifier classifier) {
    long begin = System.nanoTime();
    this.progress = progress;
    state = training.trainingState();
    frozen = training.copy(state);
    Preset preset = training.preset();
    // Labels as in the stream, so that a generator that does what it is told matches it.
    int[] labels = preset.conditional() ? real.labels() : new int[0];
    evaluation =
        new Evaluation(
            new Generated(real.count(), preset.latentSize(), labels, frozen::render),
            real,
            classifier,
            new Discriminator(frozen::logits, preset.objective().boundary()),
            frozen.device());
    scale =
        new Scale(
            classifier == null ? 0 : classifier.steps(),
            (int) Arrays.stream(real.labels()).distinct().count(),
            real.count());
    nanos = System.nanoTime() - begin;
  }

  /** Does a slice; returns how long that took. */
  Duration advance() {
    long begin = System.nanoTime();
    done = evaluation.advance();
    long took = System.nanoTime() - begin;
    nanos += took;
    return Duration.ofNanos(took);
  }

  boolean done() {
    return done;
  }

  /** What was found; once {@link #done}. */
  Assessment assessment() {
    QualityReport report = evaluation.report();
    return new Assessment(progress, state, frozen.servingSnapshot(), report, scale, nanos / NANOS);
  }

  @Override
  public void close() {
    evaluation.close();
    frozen.close();
  }
}
