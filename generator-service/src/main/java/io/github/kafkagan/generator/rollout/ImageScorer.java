package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.network.ImageShape;

/** A discriminator as this service uses it, by one thread at a time. */
public interface ImageScorer extends AutoCloseable {
  /** Whether it judges images of this shape and so many classes. */
  boolean judges(ImageShape shape, int classes);

  /**
   * Judges images, each by itself.
   *
   * @param pixels {@code count × shape.size()} uint8 values
   * @param labels one per image; empty if there are no classes
   * @return a logit per image: more is more real
   */
  float[] logits(byte[] pixels, int[] labels);

  @Override
  void close();
}
