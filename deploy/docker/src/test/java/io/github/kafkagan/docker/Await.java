package io.github.kafkagan.docker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what containers do. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Await() {}

  /** Returns once the condition holds; fails, with what {@code state} then says, if it does not. */
  static void until(Duration patience, Supplier<String> state, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still not so after " + patience + "; " + state.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
    }
  }
}
