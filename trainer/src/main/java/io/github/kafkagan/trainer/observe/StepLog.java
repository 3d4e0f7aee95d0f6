package io.github.kafkagan.trainer.observe;

import io.github.kafkagan.trainer.step.StepResult;
import java.time.Duration;

/** Shows each step in the metrics, and every so many steps as an event. */
public final class StepLog {
  private final TrainerMetrics metrics;
  private final EventSender events;
  private final String model;
  private final String runId;
  private final int every;
  private long imagesSinceEvent;
  private long lastEventNanos = System.nanoTime();

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

  public void step(long step, long imagesSeen, int batchSize, StepResult result, Duration took) {
    metrics.step(result, batchSize, took);
    imagesSinceEvent += batchSize;
    if (step % every != 0) {
      return;
    }
    long now = System.nanoTime();
    double imagesPerSecond = imagesSinceEvent * 1e9 / Math.max(1, now - lastEventNanos);
    events.send(
        new TrainingEvent.Step(
            model,
            runId,
            System.currentTimeMillis(),
            step,
            imagesSeen,
            imagesPerSecond,
            result.lossDiscriminator(),
            result.lossGenerator(),
            result.scoreReal(),
            result.scoreFake()));
    imagesSinceEvent = 0;
    lastEventNanos = now;
  }
}
