package io.github.kafkagan.generator;

import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Scorer;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;

/** Checkpoints as a trainer makes them, of generators that nobody trained. */
final class Checkpoints {
  private Checkpoints() {}

  /** A checkpoint of a preset's generator, whose weights are drawn from the version. */
  static CheckpointSet of(String model, Preset preset, long version) {
    GeneratorSpec spec = preset.generatorSpec();
    return of(model, spec, version, Generator.untrained(spec, version).encode());
  }

  /** A checkpoint of a preset's discriminator, which has judged nothing yet. */
  static CheckpointSet discriminator(String model, Preset preset, long version) {
    DiscriminatorSpec spec = preset.discriminatorSpec().orElseThrow();
    byte[] weights = Scorer.untrained(spec, version).encode();
    return TestManifests.inSlot(
        Slots.DISCRIMINATOR, TestManifests.set(model, version, spec, weights));
  }

  static CheckpointSet of(String model, GeneratorSpec spec, long version, byte[] bytes) {
    return TestManifests.set(model, version, spec, bytes);
  }
}
