package io.github.kafkagan.gan;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Initializer;
import io.github.kafkagan.gan.network.Network;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trained discriminator, for its opinion of images. Used by one thread at a time. */
public final class Scorer implements AutoCloseable {
  /** Before a tensor's name in a discriminator's checkpoint. */
  public static final String PREFIX = "discriminator.";

  /** Every pass has as many images, so that a score does not depend on what it is made with. */
  private static final int BATCH = 32;

  private final NDManager manager;
  private final DiscriminatorSpec spec;
  private final Network network;

  private Scorer(NDManager manager, DiscriminatorSpec spec, Network network) {
    this.manager = manager;
    this.spec = spec;
    this.network = network;
  }

  /**
   * Rebuilds a discriminator.
   *
   * @param weights safetensors, names beginning with {@link #PREFIX}
   * @throws CheckpointException if the bytes are not valid, or not the weights of {@code spec}
   */
  public static Scorer load(DiscriminatorSpec spec, byte[] weights, Device device) {
    Snapshot snapshot = Snapshot.decode(weights);
    NDManager manager = Backend.newManager(device);
    try {
      Network network =
          Network.load(
              manager,
              spec.layers(),
              GeneratorSpec.samples(spec.image()),
              false,
              snapshot.tensors(),
              PREFIX);
      return new Scorer(manager, spec, network);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The weights of a discriminator that has learnt nothing yet, to try things with.
   *
   * @param seed which decides every weight
   */
  public static Snapshot untrained(DiscriminatorSpec spec, long seed) {
    Shape images = GeneratorSpec.samples(spec.image());
    try (NDManager manager = Backend.newManager(Device.cpu());
        Network network =
            Network.fresh(manager, spec.layers(), images, false, new Initializer.FanIn(), seed)) {
      Map<String, Tensor> tensors = new TreeMap<>();
      network.copyTo(tensors::put, PREFIX);
      return new Snapshot(tensors, Map.of());
    }
  }

  /** Whether it judges images of this shape and so many classes. */
  public boolean judges(ImageShape image, int classes) {
    return spec.image().equals(image) && spec.classes() == classes;
  }

  /**
   * Judges images.
   *
   * @param pixels images one after another, uint8, rows × columns × channels
   * @param labels one per image; empty if unconditional
   * @return a logit per image: more is more real
   * @throws IllegalArgumentException if the sizes do not agree, or a label is out of range
   */
  public float[] logits(byte[] pixels, int[] labels) {
    int size = spec.image().size();
    int count = pixels.length / size;
    if (count * size != pixels.length || labels.length != (spec.classes() == 0 ? 0 : count)) {
      throw new IllegalArgumentException(
          "%d bytes and %d labels are no images of %s for a discriminator with %d classes"
              .formatted(pixels.length, labels.length, spec.image(), spec.classes()));
    }
    Backend.useGradients(false);
    float[] logits = new float[count];
    for (int first = 0; first < count; first += BATCH) {
      int many = Math.min(BATCH, count - first);
      System.arraycopy(batch(pixels, labels, first, many), 0, logits, first, many);
    }
    return logits;
  }

  private float[] batch(byte[] pixels, int[] labels, int first, int many) {
    int size = spec.image().size();
    byte[] padded = new byte[BATCH * size];
    System.arraycopy(pixels, first * size, padded, 0, many * size);
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = spec.pixels().decode(scope, padded, BATCH, spec.image());
      return network.forward(images, conditions(scope, labels, first, many), false).toFloatArray();
    }
  }

  private @Nullable NDArray conditions(NDManager scope, int[] labels, int first, int many) {
    if (spec.classes() == 0) {
      return null;
    }
    int[] padded = Arrays.copyOf(Arrays.copyOfRange(labels, first, first + many), BATCH);
    return Labels.oneHot(scope, padded, spec.classes());
  }

  @Override
  public void close() {
    manager.close();
  }
}
