package io.github.kafkagan.trainer;

import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.ingest.ImageStream;
import io.github.kafkagan.trainer.ingest.StreamBatch;
import io.github.kafkagan.trainer.observe.StepLog;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.StepResult;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains on one mini-batch after the other. */
final class TrainingLoop {
  private static final Logger log = LoggerFactory.getLogger(TrainingLoop.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final ImageStream images;
  private final AdversarialTraining training;
  private final Checkpoints checkpoints;
  private final StepLog steps;
  private volatile boolean idle = true;

  TrainingLoop(
      ImageStream images, AdversarialTraining training, Checkpoints checkpoints, StepLog steps) {
    this.images = images;
    this.training = training;
    this.checkpoints = checkpoints;
    this.steps = steps;
  }

  /**
   * Trains until stopping is asked for or a goal is reached. Returns how far it got; everything up
   * to there is published.
   */
  Progress run(Progress from, List<Goal> until, StopSignal stop) throws InterruptedException {
    Progress progress = from;
    long begin = System.nanoTime();
    while (!stop.requested() && !reached(until, progress, begin)) {
      // Take the next mini-batch of the stream; it was read beside the step before.
      StreamBatch next = images.next(PATIENCE);
      wait(next == null, progress);

      if (next != null) {
        // One discriminator and one generator step.
        long start = System.nanoTime();
        StepResult result = training.step(next.batch());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        requireFinite(result, progress);
        progress = progress.plus(next.batch().size(), next.after());

        // Show what happened.
        steps.step(progress.step(), progress.imagesSeen(), next.batch().size(), result, took);
      }

      // Publish the generator, or all that a restart needs, if it is time.
      checkpoints.publishDue(progress);
    }
    checkpoints.publishLast(progress);
    return progress;
  }

  private static boolean reached(List<Goal> until, Progress progress, long beginNanos) {
    Duration running = Duration.ofNanos(System.nanoTime() - beginNanos);
    return until.stream().anyMatch(goal -> goal.reached(progress, running));
  }

  Readiness readiness() {
    return Readiness.ready(idle ? "waiting for images" : "training");
  }

  private void wait(boolean nothing, Progress progress) {
    if (nothing != idle) {
      idle = nothing;
      log.atInfo()
          .addKeyValue("step", progress.step())
          .log(nothing ? "Waiting for images" : "Training");
    }
  }

  /** Weights after such a step are lost; the last saved state is not. */
  private static void requireFinite(StepResult result, Progress progress) {
    if (!result.finite()) {
      throw UserError.failed(
          "training diverged: losses are not finite at step %d; nothing of it was published"
              .formatted(progress.step() + 1));
    }
  }
}
