package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.network.ImageShape;

/** A generator as this service uses it. May be used by several threads. */
public interface ImageGenerator extends AutoCloseable {
  /** Numbers per latent vector. */
  int latentSize();

  /** How many labels there are, 0 if images are made without labels. */
  int classes();

  /** The shape of one image. */
  ImageShape shape();

  /**
   * Makes images; each depends on nothing but its own latent vector and label.
   *
   * @param latents {@code count × latentSize()} numbers
   * @param labels one per image; empty if there are no classes
   * @return {@code count × shape().size()} uint8 values
   */
  byte[] generate(float[] latents, int[] labels);

  @Override
  void close();
}
