package io.github.kafkagan.producer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for conditions of other processes, which cannot tell when they hold. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Eventually() {}

  static void await(String condition, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!holds.call()) {
      if (System.nanoTime() > deadline || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + condition);
      }
    }
  }
}
