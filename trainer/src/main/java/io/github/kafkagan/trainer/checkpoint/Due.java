package io.github.kafkagan.trainer.checkpoint;

import java.time.Duration;

/** Whether an interval has passed since something was done last. */
final class Due {
  private final long everyNanos;
  private long nextNanos;

  Due(Duration every, long nowNanos, boolean atOnce) {
    everyNanos = every.toNanos();
    nextNanos = atOnce ? nowNanos : nowNanos + everyNanos;
  }

  boolean at(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  /** The next time is an interval from now. */
  void done(long nowNanos) {
    nextNanos = nowNanos + everyNanos;
  }
}
