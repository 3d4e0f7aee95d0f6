package io.github.kafkagan.trainer;

import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.evaluate.Collapse;
import io.github.kafkagan.trainer.evaluate.Recovery;
import io.github.kafkagan.trainer.evaluate.Supervision;
import io.github.kafkagan.trainer.ingest.ImageStream;
import io.github.kafkagan.trainer.ingest.StreamBatch;
import io.github.kafkagan.trainer.observe.StepLog;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.StepResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains on one mini-batch after the other. */
final class TrainingLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainingLoop.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Without images for so long, it is worth a line in the log. */
  private static final Duration LONG_WAIT = Duration.ofSeconds(5);

  /** Whoever stops a process wants it gone within 10 s. */
  private static final Duration LAST_WHEN_STOPPED = Duration.ofSeconds(6);

  private static final Duration LAST = Duration.ofMinutes(2);

  private final ImageStream images;
  private final Checkpoints checkpoints;
  private final Supervision supervision;
  private final Recovery recovery;
  private final StepLog steps;
  private AdversarialTraining training;
  private volatile boolean idle = true;
  private boolean waitingTold = true;
  private long lastBatch = System.nanoTime();

  /**
   * A loop.
   *
   * @param training closed with this
   */
  TrainingLoop(
      ImageStream images,
      AdversarialTraining training,
      Checkpoints checkpoints,
      Supervision supervision,
      Recovery recovery,
      StepLog steps) {
    this.images = images;
    this.training = training;
    this.checkpoints = checkpoints;
    this.supervision = supervision;
    this.recovery = recovery;
    this.steps = steps;
  }

  /**
   * Trains until stopping is asked for, a goal is reached or a replay is over. Returns how far it
   * got; everything up to there is published.
   */
  Progress run(Progress from, List<Goal> until, StopSignal stop) throws InterruptedException {
    Progress progress = from;
    long begin = System.nanoTime();
    boolean reached = reached(until, progress, begin);
    while (!stop.requested() && !reached) {
      // Take the next mini-batch of the stream; it was read beside the step before.
      StreamBatch next = images.next(PATIENCE);
      wait(next == null, progress);

      Collapse collapse = null;
      if (next != null) {
        // One discriminator and one generator step.
        long start = System.nanoTime();
        StepResult result = training.step(next.batch());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        progress = progress.plus(next.batch().size(), next.after());

        // Show what happened, and see whether all is well.
        steps.step(progress.standing(), next.batch().size(), result, took);
        collapse = supervision.afterStep(next.batch(), result, progress);
      }

      // Do a slice of the evaluation, and publish the generator, or all that a restart needs, if it
      // is time.
      if (collapse == null) {
        collapse = evaluateAndPublish(progress);
      }
      if (collapse != null) {
        progress = recover(collapse, progress);
      }
      reached = images.isOver() || reached(until, progress, begin);
    }
    if (images.isOver()) {
      progress = progress.at(progress.position().leaveReplay());
      checkpoints.replaced();
    }
    if (reached) {
      supervision.atEnd(training, progress);
    }
    publishLast(progress, stop.requested() ? LAST_WHEN_STOPPED : LAST);
    return progress;
  }

  private void publishLast(Progress progress, Duration patience) throws InterruptedException {
    try {
      checkpoints.publishLast(training, progress, patience);
    } catch (CheckpointException e) {
      throw UserError.failed(
          "training diverged by step %d: %s; it was not published"
              .formatted(progress.step(), e.getMessage()));
    }
  }

  private @Nullable Collapse evaluateAndPublish(Progress progress) {
    Collapse collapse = supervision.betweenSteps(training, progress);
    if (collapse != null) {
      return collapse;
    }
    try {
      checkpoints.publishDue(training, progress);
      return null;
    } catch (CheckpointException e) {
      return new Collapse(Collapse.Reason.NOT_FINITE, String.valueOf(e.getMessage()));
    }
  }

  private Progress recover(Collapse collapse, Progress progress) {
    return recovery
        .from(collapse, training, progress)
        .map(
            replacement -> {
              training.close();
              training = replacement.training();
              supervision.rolledBack();
              return replacement.progress();
            })
        .orElse(progress);
  }

  private static boolean reached(List<Goal> until, Progress progress, long beginNanos) {
    Duration running = Duration.ofNanos(System.nanoTime() - beginNanos);
    return until.stream().anyMatch(goal -> goal.reached(progress, running));
  }

  Readiness readiness() {
    return Readiness.ready(idle ? "waiting for images" : "training");
  }

  private void wait(boolean nothing, Progress progress) {
    long now = System.nanoTime();
    idle = nothing;
    if (nothing) {
      steps.waiting(progress.standingBefore(images.awaitedPosition()));
      // A stream that is slower than training makes it wait for each mini-batch: that is no event.
      tell(waitingTold || now - lastBatch >= LONG_WAIT.toNanos(), progress);
    } else {
      lastBatch = now;
      tell(false, progress);
    }
  }

  private void tell(boolean waits, Progress progress) {
    if (waits != waitingTold) {
      waitingTold = waits;
      log.atInfo()
          .addKeyValue("step", progress.step())
          .log(waits ? "Waiting for images" : "Training");
    }
  }

  @Override
  public void close() {
    training.close();
  }
}
