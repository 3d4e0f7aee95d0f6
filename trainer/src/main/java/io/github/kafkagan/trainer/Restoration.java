package io.github.kafkagan.trainer;

import ai.djl.Device;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.ResumePoint;
import io.github.kafkagan.trainer.evaluate.CollapseGuard;
import io.github.kafkagan.trainer.evaluate.Evaluator;
import io.github.kafkagan.trainer.evaluate.TrainedClassifier;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of what an earlier run left what this one goes on with.
 *
 * @param resume where the earlier run got to
 */
record Restoration(TrainerSettings settings, ResumePoint resume, Device device) {
  private static final Logger log = LoggerFactory.getLogger(Restoration.class);

  /**
   * The networks and their optimizers.
   *
   * @throws UserError if the state is not that of the preset's networks
   */
  AdversarialTraining training() {
    if (resume.state().isEmpty()) {
      log.atInfo().addKeyValue("seed", settings.seed()).log("New model");
      return AdversarialTraining.fresh(settings.preset(), settings.seed(), device);
    }
    try {
      AdversarialTraining training =
          AdversarialTraining.resume(settings.preset(), device, resume.state().get().bytes());
      log.atInfo()
          .addKeyValue("step", training.steps())
          .addKeyValue("images", resume.progress().imagesSeen())
          .addKeyValue("position", resume.progress().position().nextPosition())
          .log("Model restored");
      return training;
    } catch (CheckpointException e) {
      throw UserError.failed("the training state does not fit: " + e.getMessage());
    }
  }

  /** What evaluates, with the classifier that was trained before if it can still be used. */
  Evaluator evaluator(QualityMetrics metrics) {
    try {
      return evaluator(resume.classifier().map(Restoration::classifier), metrics);
    } catch (CheckpointException | IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("The classifier of an earlier run cannot be used; a new one is trained");
      return evaluator(Optional.empty(), metrics);
    }
  }

  private Evaluator evaluator(Optional<TrainedClassifier> classifier, QualityMetrics metrics) {
    return Evaluator.open(
        settings.evaluation(),
        settings.preset(),
        device,
        classifier,
        resume.state().isPresent(),
        metrics);
  }

  private static TrainedClassifier classifier(CheckpointSet set) {
    return new TrainedClassifier(
        Json.value(set.manifest().spec(), TrainedClassifier.Spec.class),
        Snapshot.decode(set.bytes()));
  }

  /** What knows a collapse, and the best evaluation so far. */
  CollapseGuard guard() {
    CollapseGuard guard = new CollapseGuard(settings.preset().objective().boundary().isPresent());
    resume.best().ifPresent(best -> guard.remember(best.manifest().quality()));
    return guard;
  }
}
