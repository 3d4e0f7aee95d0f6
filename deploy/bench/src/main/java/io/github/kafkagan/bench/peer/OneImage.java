package io.github.kafkagan.bench.peer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.preset.Preset;
import java.util.random.RandomGenerator;

/**
 * The network of a conditional generator, one image per pass. The service's passes are padded to 32
 * images, so that no answer depends on its batch; nobody who makes one image at a time would do so.
 */
final class OneImage implements AutoCloseable {
  private final GeneratorSpec spec;
  private final NDManager manager;
  private final Network network;

  OneImage(String preset) {
    spec = Preset.named(preset).generatorSpec();
    manager = Backend.newManager(Device.cpu());
    network =
        Network.load(
            manager,
            spec.layers(),
            spec.latents(),
            false,
            Generator.untrained(spec, 1).tensors(),
            Generator.PREFIX);
  }

  /** Makes the uint8 pixels of one image, of a class drawn at random. */
  byte[] generate(RandomGenerator random) {
    Backend.useGradients(false);
    float[] latents = Latents.draw(random.nextLong(), 1, spec.latentSize());
    int[] label = {random.nextInt(spec.classes())};
    try (NDManager pass = manager.newSubManager()) {
      NDArray z = Upload.floats(pass, latents, new Shape(1, spec.latentSize()));
      NDArray labels = Labels.oneHot(pass, label, spec.classes());
      return spec.pixels().encode(network.forward(z, labels, false));
    }
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
