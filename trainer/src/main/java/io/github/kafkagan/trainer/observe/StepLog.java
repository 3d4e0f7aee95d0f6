package io.github.kafkagan.trainer.observe;

import io.github.kafkagan.pipeline.contract.TrainingEvent;
import io.github.kafkagan.trainer.step.StepResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Shows each step in the metrics, and every so many steps, or while there are none, as an event.
 */
public final class StepLog {
  /** How soon a trainer that waits says so again when what it waits for has changed. */
  private static final long MOVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How soon otherwise: an event may be lost, and whoever reads it may come later. */
  private static final long UNMOVED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TrainerMetrics metrics;
  private final EventSender events;
  private final String model;
  private final String runId;
  private final int every;
  private long imagesSinceEvent;
  private long lastEventNanos = System.nanoTime();
  private long lastWaitingNanos = lastEventNanos - UNMOVED_NANOS;
  private long toldPosition;

  /**
   * A log.
   *
   * @param every steps between two events
   */
  public StepLog(
      TrainerMetrics metrics, EventSender events, String model, String runId, int every) {
    this.metrics = metrics;
    this.events = events;
    this.model = model;
    this.runId = runId;
    this.every = every;
  }

  /**
   * A step was made.
   *
   * @param after where it leads to
   */
  public void step(Standing after, int batchSize, StepResult result, Duration took) {
    metrics.step(result, batchSize, took);
    imagesSinceEvent += batchSize;
    if (after.step() % every != 0) {
      return;
    }
    long now = System.nanoTime();
    double imagesPerSecond = imagesSinceEvent * 1e9 / Math.max(1, now - lastEventNanos);
    events.send(
        new TrainingEvent.Step(
            model,
            runId,
            System.currentTimeMillis(),
            after.step(),
            after.imagesSeen(),
            after.nextPosition(),
            after.newestImageTimestamp(),
            imagesPerSecond,
            result.lossDiscriminator(),
            result.lossGenerator(),
            result.scoreReal(),
            result.scoreFake()));
    imagesSinceEvent = 0;
    lastEventNanos = now;
    toldPosition = after.nextPosition();
  }

  /** There is no mini-batch; to be called again and again while that is so. */
  public void waiting(Standing here) {
    long now = System.nanoTime();
    boolean moved = here.nextPosition() != toldPosition;
    if (now - lastWaitingNanos < (moved ? MOVED_NANOS : UNMOVED_NANOS)) {
      return;
    }
    events.send(
        new TrainingEvent.Waiting(
            model,
            runId,
            System.currentTimeMillis(),
            here.step(),
            here.imagesSeen(),
            here.nextPosition(),
            here.newestImageTimestamp()));
    lastWaitingNanos = now;
    toldPosition = here.nextPosition();
  }
}
