package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a task that may take long, such as a download, on a thread that is interrupted when the
 * process should stop.
 *
 * @param task answers an interruption by ending
 */
record StoppableTask<T>(Callable<T> task) {
  private static final Duration GLANCE = Duration.ofMillis(20);

  /** The task's result, or its failure; empty if the process should stop before. */
  Optional<T> run(StopSignal stop) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "images");
    thread.setDaemon(true);
    thread.start();
    while (!future.isDone()) {
      if (stop.await(GLANCE)) {
        future.cancel(true);
        return Optional.empty();
      }
    }
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }
}
