package io.github.kafkagan.producer.schedule;

import java.util.function.LongSupplier;

/**
 * Holds the stream to a rate. What could not be sent for more than a second is not caught up with
 * afterwards.
 *
 * <p>Not thread-safe.
 */
public final class Pacer {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerImage;
  private final LongSupplier nanoTime;
  private final long start;
  private double dueNanos;

  /**
   * @param imagesPerSecond above 0; infinite for no limit
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Pacer(double imagesPerSecond, LongSupplier nanoTime) {
    if (!(imagesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "the rate must be above 0 images/s, was " + imagesPerSecond);
    }
    this.nanosPerImage = NANOS_PER_SECOND / imagesPerSecond;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Nanoseconds until the next image may go; 0 or less means now. */
  public long nanosUntilDue() {
    return nanosPerImage == 0 ? 0 : (long) Math.ceil(dueNanos - elapsed());
  }

  /** One image went. */
  public void sent() {
    if (nanosPerImage > 0) {
      dueNanos = Math.max(dueNanos, elapsed() - NANOS_PER_SECOND) + nanosPerImage;
    }
  }

  private long elapsed() {
    return nanoTime.getAsLong() - start;
  }
}
