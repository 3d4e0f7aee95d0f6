package io.github.kafkagan.gan;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Initializer;
import io.github.kafkagan.gan.network.Network;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trained generator.
 *
 * <p>May be used by several threads. Close it once no thread uses it.
 */
public final class Generator implements AutoCloseable {
  /** Before a tensor's name in a serving checkpoint. */
  public static final String PREFIX = "generator.";

  private final NDManager manager;
  private final Sampler sampler;

  private Generator(NDManager manager, Sampler sampler) {
    this.manager = manager;
    this.sampler = sampler;
  }

  /**
   * Rebuilds a generator.
   *
   * @param weights safetensors, names beginning with {@link #PREFIX}
   * @throws CheckpointException if the bytes are not valid, have values that are not finite, or are
   *     not exactly the weights of {@code spec}
   */
  public static Generator load(GeneratorSpec spec, byte[] weights, Device device) {
    Snapshot snapshot = Snapshot.decode(weights);
    NDManager manager = Backend.newManager(device);
    try {
      Network network =
          Network.load(manager, spec.layers(), spec.latents(), false, snapshot.tensors(), PREFIX);
      refuseUnknown(snapshot, network);
      return new Generator(manager, new Sampler(spec, network));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The weights of a generator that has learnt nothing yet, to begin with or to try things with.
   *
   * @param seed which decides every weight
   */
  public static Snapshot untrained(GeneratorSpec spec, long seed) {
    try (NDManager manager = Backend.newManager(Device.cpu());
        Network network =
            Network.fresh(
                manager, spec.layers(), spec.latents(), false, new Initializer.FanIn(), seed)) {
      Map<String, Tensor> tensors = new TreeMap<>();
      network.copyTo(tensors::put, PREFIX);
      return new Snapshot(tensors, Map.of());
    }
  }

  private static void refuseUnknown(Snapshot snapshot, Network network) {
    Set<String> unknown = new TreeSet<>(snapshot.tensors().keySet());
    network.names().forEach(name -> unknown.remove(PREFIX + name));
    if (!unknown.isEmpty()) {
      throw new CheckpointException(
          "the network has no place for tensor " + unknown.iterator().next());
    }
  }

  /** Numbers per latent vector. */
  public int latentSize() {
    return sampler.spec().latentSize();
  }

  /** How many labels there are, 0 if images are made without labels. */
  public int classes() {
    return sampler.spec().classes();
  }

  /** The shape of one image. */
  public ImageShape shape() {
    return sampler.spec().image();
  }

  /**
   * Makes images. The same latent vector and label give the same bytes, whatever else is made with
   * them.
   *
   * @param latents {@code count × latentSize()} numbers
   * @param labels one per image, 0 to {@code classes() - 1}; empty if unconditional
   * @return {@code count × shape().size()} uint8 values, rows × columns × channels
   * @throws IllegalArgumentException if the sizes do not agree, or a label is out of range
   */
  public byte[] generate(float[] latents, int[] labels) {
    return sampler.generate(manager, latents, labels);
  }

  @Override
  public void close() {
    manager.close();
  }
}
