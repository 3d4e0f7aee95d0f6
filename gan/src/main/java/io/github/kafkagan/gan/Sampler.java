package io.github.kafkagan.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.operator.Upload;
import org.jspecify.annotations.Nullable;

/**
 * Turns latent vectors into image bytes with a generator's network.
 *
 * <p>Matrix products of different sizes differ in their last bits, so every pass has the same
 * number of samples, the last one padded: an image does not depend on what it shares a batch with.
 *
 * @param spec what the network is
 * @param network whose passes here are inference only
 */
public record Sampler(GeneratorSpec spec, Network network) {
  private static final int BATCH = 32;

  /**
   * Makes images.
   *
   * @param parent whose device is used
   * @param latents {@code count × spec.latentSize()} numbers
   * @param labels one per image, 0 to {@code spec.classes() - 1}; empty if unconditional
   * @return {@code count × spec.image().size()} uint8 values, rows × columns × channels
   * @throws IllegalArgumentException if the sizes do not agree, or a label is out of range
   */
  public byte[] generate(NDManager parent, float[] latents, int[] labels) {
    int count = latents.length / spec.latentSize();
    if (count * spec.latentSize() != latents.length) {
      throw new IllegalArgumentException(
          latents.length + " numbers are no whole latent vectors of " + spec.latentSize());
    }
    if (labels.length != (spec.classes() == 0 ? 0 : count)) {
      throw new IllegalArgumentException(
          "%d labels for %d images of a generator with %d classes"
              .formatted(labels.length, count, spec.classes()));
    }
    Backend.useGradients(false);
    int imageSize = spec.image().size();
    byte[] images = new byte[Math.multiplyExact(count, imageSize)];
    for (int first = 0; first < count; first += BATCH) {
      int size = Math.min(BATCH, count - first);
      byte[] batch = batch(parent, latents, labels, first, size);
      System.arraycopy(batch, 0, images, first * imageSize, size * imageSize);
    }
    return images;
  }

  private byte[] batch(NDManager parent, float[] latents, int[] labels, int first, int size) {
    int latentSize = spec.latentSize();
    float[] padded = new float[BATCH * latentSize];
    System.arraycopy(latents, first * latentSize, padded, 0, size * latentSize);
    try (NDManager manager = parent.newSubManager()) {
      NDArray z = Upload.floats(manager, padded, new Shape(BATCH, latentSize));
      NDArray x = network.forward(z, conditions(manager, labels, first, size), false);
      return spec.pixels().encode(x);
    }
  }

  private @Nullable NDArray conditions(NDManager manager, int[] labels, int first, int size) {
    if (spec.classes() == 0) {
      return null;
    }
    int[] padded = new int[BATCH];
    System.arraycopy(labels, first, padded, 0, size);
    return Labels.oneHot(manager, padded, spec.classes());
  }
}
