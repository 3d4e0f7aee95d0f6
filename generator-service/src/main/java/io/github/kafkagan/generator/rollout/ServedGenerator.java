package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.contract.Manifest;

/**
 * A generator and the checkpoint it comes from, closed once it is neither loaded to be served nor
 * held for a request.
 */
public final class ServedGenerator {
  private final Manifest manifest;
  private final ImageGenerator generator;
  private int holders = 1;

  ServedGenerator(Manifest manifest, ImageGenerator generator) {
    this.manifest = manifest;
    this.generator = generator;
  }

  public Manifest manifest() {
    return manifest;
  }

  public int latentSize() {
    return generator.latentSize();
  }

  public int classes() {
    return generator.classes();
  }

  public ImageShape shape() {
    return generator.shape();
  }

  /** Whether both make images of one shape from the same latent vectors and labels. */
  boolean isLike(ServedGenerator other) {
    return latentSize() == other.latentSize()
        && classes() == other.classes()
        && shape().equals(other.shape());
  }

  /** As {@link ImageGenerator#generate}, for a holder only. */
  public byte[] generate(float[] latents, int[] labels) {
    return generator.generate(latents, labels);
  }

  /** Holds the generator open until {@link #release}; false if it has been closed already. */
  synchronized boolean hold() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Ends one hold; the last one closes the generator. */
  public void release() {
    synchronized (this) {
      if (holders == 0) {
        throw new IllegalStateException("released more often than held");
      }
      holders--;
      if (holders > 0) {
        return;
      }
    }
    generator.close();
  }
}
