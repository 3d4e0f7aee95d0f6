package io.github.kafkagan.generator.sample;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** One thread for the work that is done for clients, who take turns at it. */
public final class TurnTaking implements AutoCloseable {
  private final Turns<Runnable> waiting = new Turns<>();
  private final ExecutorService thread;

  public TurnTaking(String threadName) {
    thread = Executors.newSingleThreadExecutor(task -> new Thread(task, threadName));
  }

  /** An executor for the work of one client. */
  public Executor of(String client) {
    return task -> execute(client, task);
  }

  private void execute(String client, Runnable task) {
    synchronized (waiting) {
      waiting.add(client, task);
    }
    try {
      thread.execute(this::runNext);
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        waiting.remove(client, task);
      }
      throw e;
    }
  }

  /** Runs one task for each that was added, though perhaps not that one. */
  private void runNext() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.next();
    }
    next.run();
  }

  /** What has not begun is not done any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
