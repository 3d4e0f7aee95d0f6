package io.github.kafkagan.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits. */
final class Await {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private Await() {}

  /** Returns as soon as the condition holds; fails if it does not within two minutes. */
  static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  /** Likewise, with more patience or less. */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "still waiting until %s after %d s".formatted(what, patience.toSeconds()));
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  /** Lets the processes go on for a while. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }
}
