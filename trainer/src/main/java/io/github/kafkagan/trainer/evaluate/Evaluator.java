package io.github.kafkagan.trainer.evaluate;

import ai.djl.Device;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.quality.Real;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.Batch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the generator every so often, in slices between the steps of training: each is shorter
 * than a step. Of a stream without labels it says which figures that leaves out.
 */
public final class Evaluator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

  private static final long NEVER = -1;

  /** Bounds the memory for large images. */
  private static final int MOST_BYTES = 64 << 20;

  private final EvaluationSettings settings;
  private final ClassifierTraining classifier;
  private final RecentImages recent;
  private final ModeClock clock;
  private final QualityMetrics metrics;
  private final boolean conditional;
  private @Nullable RunningEvaluation running;
  private long dueNanos;
  private long evaluatedStep = NEVER;
  private boolean leftOutTold;

  private Evaluator(
      EvaluationSettings settings,
      Preset preset,
      ClassifierTraining classifier,
      boolean resumed,
      QualityMetrics metrics) {
    this.settings = settings;
    this.classifier = classifier;
    this.metrics = metrics;
    conditional = preset.conditional();
    int imageSize = preset.image().size();
    int wanted = Math.max(settings.images(), settings.imagesAtEnd());
    recent = new RecentImages(Math.min(wanted, MOST_BYTES / imageSize), imageSize);
    clock = new ModeClock(resumed);
    dueNanos = System.nanoTime() + settings.every().toNanos();
  }

  /**
   * An evaluator that has seen nothing.
   *
   * @param trained what an earlier run of the model saved; empty for a new one
   * @param resumed whether the model has been trained before
   * @throws io.github.kafkagan.gan.checkpoint.CheckpointException if the classifier does not fit
   */
  public static Evaluator open(
      EvaluationSettings settings,
      Preset preset,
      Device device,
      Optional<TrainedClassifier> trained,
      boolean resumed,
      QualityMetrics metrics) {
    ClassifierTraining classifier =
        trained.isPresent()
            ? ClassifierTraining.restore(
                trained.get(), preset.image(), settings.classifierBatches(), device)
            : ClassifierTraining.fresh(
                preset.image(), preset.classes(), settings.classifierBatches(), device);
    return new Evaluator(settings, preset, classifier, resumed, metrics);
  }

  /** Takes note of a batch that was trained on; learns from it what real images are. */
  void see(Batch batch, Progress progress) {
    if (!settings.enabled()) {
      return;
    }
    recent.add(batch);
    clock.see(batch, progress, System.nanoTime());
    // An evaluation's features must all be of the same classifier.
    if (running == null) {
      classifier.see(batch);
    }
  }

  /** A classifier that is to be saved, once. */
  Optional<TrainedClassifier> newClassifier() {
    return Optional.ofNullable(classifier.takeNew());
  }

  /** Does a slice if an evaluation is due; returns what was found after the last one. */
  Optional<Assessment> advance(AdversarialTraining training, Progress progress) {
    if (running == null && !due(progress)) {
      return Optional.empty();
    }
    if (running == null) {
      running = begin(training, progress, settings.images());
    } else {
      metrics.slice(running.advance());
    }
    return finish();
  }

  /** A thorough evaluation, all at once; empty if too few images were seen for it. */
  Optional<Assessment> evaluateAtEnd(AdversarialTraining training, Progress progress) {
    drop();
    if (!settings.enabled() || !possible(settings.images())) {
      return Optional.empty();
    }
    running = begin(training, progress, Math.min(recent.count(), settings.imagesAtEnd()));
    while (!running.done()) {
      running.advance();
    }
    return finish();
  }

  /** Not without a step since the last one, which would find the same. */
  private boolean due(Progress progress) {
    return settings.enabled()
        && progress.step() != evaluatedStep
        && System.nanoTime() - dueNanos >= 0
        && possible(Math.min(settings.images(), recent.capacity()));
  }

  private boolean possible(int images) {
    if (recent.count() < images) {
      return false;
    }
    return recent.labelled(images) ? classifier.trained() != null : !conditional;
  }

  private RunningEvaluation begin(AdversarialTraining training, Progress progress, int images) {
    evaluatedStep = progress.step();
    Real real = recent.newest(Math.min(images, recent.count()));
    return new RunningEvaluation(
        training, progress, real, real.labels().length > 0 ? classifier.trained() : null);
  }

  private Optional<Assessment> finish() {
    if (running == null || !running.done()) {
      return Optional.empty();
    }
    Assessment assessment = running.assessment();
    drop();
    tellLeftOut(assessment);
    return Optional.of(assessment);
  }

  /** The classes that an evaluation shows for the first time. */
  List<LearntClass> learnt(Assessment assessment) {
    return clock.after(assessment, System.nanoTime());
  }

  /** Forgets an evaluation in progress: its networks are not trained any more. */
  void drop() {
    if (running != null) {
      running.close();
      running = null;
    }
    dueNanos = System.nanoTime() + settings.every().toNanos();
  }

  private void tellLeftOut(Assessment assessment) {
    if (!leftOutTold && !assessment.report().leftOut().isEmpty()) {
      leftOutTold = true;
      log.atInfo()
          .addKeyValue("figures", assessment.report().leftOut())
          .log("Some figures are left out of evaluations");
    }
  }

  @Override
  public void close() {
    drop();
    classifier.close();
  }
}
