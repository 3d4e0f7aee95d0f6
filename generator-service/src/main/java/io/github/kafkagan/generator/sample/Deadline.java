package io.github.kafkagan.generator.sample;

import io.github.kafkagan.pipeline.contract.GenerationRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Until when a request waits.
 *
 * @param end by {@link System#nanoTime}
 * @param strict whether images that come later are of no use; else only waiting for a checkpoint
 *     ends
 */
record Deadline(long end, boolean strict) {
  /**
   * The deadline of a request.
   *
   * @param askedAt epoch milliseconds of the request; clocks differ, so what comes from the future
   *     is from now
   * @param patience how long a request without a deadline of its own waits for a checkpoint
   */
  static Deadline of(GenerationRequest request, long askedAt, Duration patience) {
    Long wanted = request.deadlineMs();
    long now = System.nanoTime();
    if (wanted == null) {
      return new Deadline(now + patience.toNanos(), false);
    }
    long age = Math.max(0, System.currentTimeMillis() - askedAt);
    return new Deadline(now + TimeUnit.MILLISECONDS.toNanos(wanted - age), true);
  }

  /** Nanoseconds that are left; not positive when it is over. */
  long left() {
    return end - System.nanoTime();
  }
}
