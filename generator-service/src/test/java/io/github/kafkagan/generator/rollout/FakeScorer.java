package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;

/**
 * A discriminator of {@link FakeGenerator}'s images without an engine: a logit is an image's first
 * pixel, 0 to 255.
 */
public final class FakeScorer implements ImageScorer {
  private final long version;
  private boolean closed;

  private FakeScorer(long version) {
    this.version = version;
  }

  /** Loads from checkpoints of any bytes but none. */
  public static FakeScorer load(CheckpointSet set) {
    if (set.bytes().length == 0) {
      throw new IllegalArgumentException("no weights");
    }
    return new FakeScorer(set.manifest().version());
  }

  /** The logit that an image of these pixels gets: a number that no float is exactly. */
  public static float logit(byte[] image) {
    return logit(image[0]);
  }

  private static float logit(byte pixel) {
    return (pixel & 0xff) + 0.1f;
  }

  long version() {
    return version;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public boolean judges(ImageShape shape, int classes) {
    return shape.equals(FakeGenerator.SHAPE);
  }

  @Override
  public float[] logits(byte[] pixels, int[] labels) {
    int size = FakeGenerator.SHAPE.size();
    float[] logits = new float[pixels.length / size];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = logit(pixels[i * size]);
    }
    return logits;
  }

  @Override
  public void close() {
    closed = true;
  }
}
