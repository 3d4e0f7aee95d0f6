package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.observe.TrainerMetrics.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes and sends checkpoints beside training, one at a time. */
final class BackgroundPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackgroundPublisher.class);
  private static final int GRACE_SECONDS = 5;

  private final CheckpointPublisher publisher;
  private final TrainerMetrics metrics;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint"));
  private CompletableFuture<Void> inFlight = CompletableFuture.completedFuture(null);
  private boolean failing;

  BackgroundPublisher(CheckpointPublisher publisher, TrainerMetrics metrics) {
    this.publisher = publisher;
    this.metrics = metrics;
  }

  /**
   * Whether the one before is done.
   *
   * @throws RuntimeException what makes further training pointless: fenced, or weights not finite
   */
  boolean idle() {
    if (!inFlight.isDone()) {
      return false;
    }
    await();
    return true;
  }

  /** Starts publishing; to be called when idle. */
  void publish(Checkpoint checkpoint) {
    inFlight = CompletableFuture.runAsync(() -> attempt(checkpoint), thread);
  }

  /** Waits for the one in flight. */
  void await() {
    try {
      inFlight.join();
    } catch (CompletionException e) {
      inFlight = CompletableFuture.completedFuture(null);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void attempt(Checkpoint checkpoint) {
    String slot = checkpoint.slot();
    try {
      Manifest manifest = publisher.publish(checkpoint);
      failing = false;
      metrics.published(slot, manifest.bytes());
      log.atInfo()
          .addKeyValue("slot", slot)
          .addKeyValue("version", manifest.version())
          .addKeyValue("step", manifest.step())
          .addKeyValue("images", manifest.imagesSeen())
          .addKeyValue("bytes", manifest.bytes())
          .log("Checkpoint published");
    } catch (KafkaException e) {
      metrics.checkpoint(slot, Outcome.FAILED);
      if (!failing) {
        failing = true;
        log.atWarn()
            .addKeyValue("slot", slot)
            .addKeyValue("reason", e.getMessage())
            .log("Checkpoint not published; trying again with the next one");
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("A checkpoint was still in flight");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
