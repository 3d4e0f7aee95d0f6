package io.github.kafkagan.generator;

import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.TreeMap;

/** Checkpoints as a trainer makes them, of generators that nobody trained. */
final class Checkpoints {
  private static final long IMAGES_PER_STEP = 64;

  private Checkpoints() {}

  /** A checkpoint of a preset's generator, whose weights are drawn from the version. */
  static CheckpointSet of(String model, Preset preset, long version) {
    GeneratorSpec spec = preset.generatorSpec();
    return of(model, spec, version, Generator.untrained(spec, version).encode());
  }

  static CheckpointSet of(String model, GeneratorSpec spec, long version, byte[] bytes) {
    long step = version * 100;
    return new CheckpointSet(
        new Manifest(
            Manifest.FORMAT,
            model,
            Slots.LATEST,
            version,
            "run",
            step,
            step * IMAGES_PER_STEP,
            step * IMAGES_PER_STEP,
            new TreeMap<>(),
            1_790_000_000_000L,
            Json.tree(spec),
            bytes.length,
            CheckpointRecords.chunks(bytes.length),
            Sha256.of(bytes),
            new TreeMap<>(),
            new TreeMap<>(),
            1_790_000_000_000L),
        bytes);
  }
}
