package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints of any bytes; steps are a hundred times the version. */
public final class TestManifests {
  private TestManifests() {}

  public static CheckpointSet set(String model, long version, Object spec, byte[] bytes) {
    long step = version * 100;
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            model,
            Slots.LATEST,
            version,
            "run",
            step,
            step * 64,
            step * 64,
            new TreeMap<>(),
            null,
            1_790_000_000_000L,
            Json.tree(spec),
            bytes.length,
            CheckpointRecords.chunks(bytes.length),
            Sha256.of(bytes),
            new TreeMap<>(),
            new TreeMap<>(),
            1_790_000_000_000L);
    return new CheckpointSet(manifest, bytes);
  }

  public static CheckpointSet set(String model, long version) {
    return set(model, version, Map.of(), new byte[] {(byte) version});
  }

  /** Models of which one is served. */
  public static ServedModels serving(String model, ImageGenerator generator) {
    ServedModels models = new ServedModels(model);
    models.serve(new ServedGenerator(set(model, 1).manifest(), generator));
    return models;
  }

  /** Another generator takes over. */
  public static void swap(ServedModels models, long version, ImageGenerator generator) {
    models.serve(new ServedGenerator(set(models.defaultModel(), version).manifest(), generator));
  }
}
