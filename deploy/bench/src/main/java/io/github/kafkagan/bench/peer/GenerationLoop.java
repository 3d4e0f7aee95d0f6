package io.github.kafkagan.bench.peer;

import ai.djl.Device;
import io.github.kafkagan.bench.measure.Repeated;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import java.util.stream.IntStream;

/** The service's generator by itself: no requests, no replies, no Kafka. */
public final class GenerationLoop {
  private static final int BATCH = 64;

  private GenerationLoop() {}

  /** Makes batch after batch of the preset's images, always from the same latent vectors. */
  public static Side open(String preset) {
    GeneratorSpec spec = Preset.named(preset).generatorSpec();
    byte[] weights = Generator.untrained(spec, 1).encode();
    Generator generator = Generator.load(spec, weights, Device.cpu());
    float[] latents = Latents.draw(1, BATCH, spec.latentSize());
    int[] labels =
        spec.classes() == 0
            ? new int[0]
            : IntStream.range(0, BATCH).map(number -> number % spec.classes()).toArray();
    return new Repeated(
        "generator in a loop",
        () -> generator.generate(latents, labels).length / spec.image().size(),
        generator::close);
  }
}
