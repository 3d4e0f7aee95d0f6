package io.github.kafkagan.bench.serving;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Publishes a checkpoint every second, in a thread of its own. */
final class Publishing implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> task;

  private Publishing(Digits digits) {
    task = executor.scheduleAtFixedRate(digits::publish, 0, 1, TimeUnit.SECONDS);
  }

  /**
   * Starts with one at once.
   *
   * @param digits which nobody else uses until this is closed
   */
  static Publishing start(Digits digits) {
    return new Publishing(digits);
  }

  /**
   * Returns when the last checkpoint has been published.
   *
   * @throws IllegalStateException if one could not be
   */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a checkpoint is still being published");
      }
      task.get();
    } catch (CancellationException e) {
      // As it should be: it would have gone on for ever.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a checkpoint could not be published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
