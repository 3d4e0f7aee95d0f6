package io.github.kafkagan.producer.schedule;

/**
 * Holds the stream close to a training: no image goes that is too far ahead of those trained on.
 *
 * <p>Not thread-safe.
 */
public final class LagLimit {
  private final long maxLag;
  private long trained;

  /**
   * A limit for a training that has not begun.
   *
   * @param maxLag how many images the stream may be ahead, above 0
   */
  public LagLimit(long maxLag) {
    if (maxLag <= 0) {
      throw new IllegalArgumentException("the lag must be above 0 images, was " + maxLag);
    }
    this.maxLag = maxLag;
  }

  /**
   * Training is at a position: further than before, or less far, since it went back to what it had
   * saved.
   *
   * @param nextPosition of the first image that was not trained on, 0 or more
   */
  public void trainedUpTo(long nextPosition) {
    trained = nextPosition;
  }

  /** Position of the first image that was not trained on. */
  public long trained() {
    return trained;
  }

  /** Whether the image at a position may go. */
  public boolean allows(long position) {
    return position - trained < maxLag;
  }
}
