package io.github.kafkagan.generator.rollout;

import ai.djl.Device;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.codec.Json;

/** Generators as the {@code gan} module rebuilds them. */
public final class GanGenerator implements ImageGenerator {
  private final Generator generator;

  private GanGenerator(Generator generator) {
    this.generator = generator;
  }

  /** Rebuilds generators on this device. */
  public static GeneratorLoader loader(Device device) {
    return set -> {
      GeneratorSpec spec = Json.value(set.manifest().spec(), GeneratorSpec.class);
      return new GanGenerator(Generator.load(spec, set.bytes(), device));
    };
  }

  @Override
  public int latentSize() {
    return generator.latentSize();
  }

  @Override
  public int classes() {
    return generator.classes();
  }

  @Override
  public ImageShape shape() {
    return generator.shape();
  }

  @Override
  public byte[] generate(float[] latents, int[] labels) {
    return generator.generate(latents, labels);
  }

  @Override
  public void close() {
    generator.close();
  }
}
