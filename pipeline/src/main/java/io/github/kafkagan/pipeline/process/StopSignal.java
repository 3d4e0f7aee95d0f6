package io.github.kafkagan.pipeline.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a process's main thread that it should end, and lets a termination wait until it has. A
 * process ends itself by returning; SIGTERM and SIGINT ask it to, and its exit code is then that of
 * its main thread, not the JVM's 143.
 */
public final class StopSignal {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Duration patience;
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.FAILED.code();

  private StopSignal(Duration patience) {
    this.patience = patience;
  }

  /** A signal that the JVM's termination gives. */
  public static StopSignal onTermination() {
    return onTermination(PATIENCE);
  }

  /**
   * A signal that the JVM's termination gives.
   *
   * @param patience how long a termination waits for the main thread
   */
  public static StopSignal onTermination(Duration patience) {
    StopSignal signal = new StopSignal(patience);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "stop"));
    return signal;
  }

  public void request() {
    requested.countDown();
  }

  public boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits until stopping is asked for or the time is over; returns whether it was asked for. */
  public boolean await(Duration timeout) throws InterruptedException {
    return requested.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The main thread is done, all its resources closed. Returns the code. */
  public int finish(int code) {
    exitCode = code;
    finished.countDown();
    return code;
  }

  private void stopAndWait() {
    if (finished.getCount() == 0) {
      return; // The process ended by itself; System.exit has its code.
    }
    request();
    try {
      if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("error: still busy " + patience.toSeconds() + " s after being stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
