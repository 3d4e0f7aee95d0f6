package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.observe.TrainerMetrics.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes and sends checkpoints beside training, one at a time. */
final class BackgroundPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackgroundPublisher.class);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final CheckpointPublisher publisher;
  private final TrainerMetrics metrics;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint"));
  private CompletableFuture<Void> inFlight = CompletableFuture.completedFuture(null);
  private boolean failing;
  private volatile @Nullable Checkpoint unpublished;

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
    return await(Duration.ZERO);
  }

  /** What could not be published when it was tried last; asked again, nothing. */
  Optional<Checkpoint> unpublished() {
    Optional<Checkpoint> lost = Optional.ofNullable(unpublished);
    unpublished = null;
    return lost;
  }

  /** Starts publishing; to be called when idle. */
  void publish(Checkpoint checkpoint) {
    inFlight = CompletableFuture.runAsync(() -> attempt(checkpoint), thread);
  }

  /**
   * Waits for the one in flight; returns whether it is done, be it published or not.
   *
   * @throws RuntimeException what makes further training pointless
   */
  boolean await(Duration patience) {
    try {
      inFlight.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      inFlight = CompletableFuture.completedFuture(null);
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
      unpublished = checkpoint;
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

  /** What is still in flight is given up: whoever needs it has waited for it. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("A checkpoint was still in flight");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
