package io.github.kafkagan.generator.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checkpoints of any bytes; steps are a hundred times the version. */
public final class TestManifests {
  private TestManifests() {}

  public static CheckpointSet set(String model, long version, Object spec, byte[] bytes) {
    return set(model, Slots.LATEST, version, new TreeMap<>(), spec, bytes);
  }

  public static CheckpointSet set(String model, long version) {
    return set(model, version, Map.of(), new byte[] {(byte) version});
  }

  /** The same in another slot. */
  public static CheckpointSet inSlot(String slot, CheckpointSet set) {
    Manifest manifest = set.manifest();
    return set(
        manifest.model(),
        slot,
        manifest.version(),
        manifest.quality(),
        manifest.spec(),
        set.bytes());
  }

  /** The same with the Fréchet distance of an evaluation. */
  public static CheckpointSet judged(CheckpointSet set, double distance) {
    Manifest manifest = set.manifest();
    return set(
        manifest.model(),
        manifest.slot(),
        manifest.version(),
        new TreeMap<>(Map.of(Figure.FRECHET_DISTANCE.key(), distance)),
        manifest.spec(),
        set.bytes());
  }

  /** The same, its newest image being of that time. */
  public static CheckpointSet seen(CheckpointSet set, long newestImageTimestamp) {
    ObjectNode manifest = (ObjectNode) Json.tree(set.manifest());
    manifest.put("newestImageTimestamp", newestImageTimestamp);
    return new CheckpointSet(Json.value(manifest, Manifest.class), set.bytes());
  }

  private static CheckpointSet set(
      String model,
      String slot,
      long version,
      SortedMap<String, Double> quality,
      Object spec,
      byte[] bytes) {
    long step = version * 100;
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            model,
            slot,
            version,
            "run",
            step,
            step * 64,
            step * 64,
            new TreeMap<>(Map.of(0, step * 64)),
            null,
            1_790_000_000_000L,
            Json.tree(spec),
            bytes.length,
            CheckpointRecords.chunks(bytes.length),
            Sha256.of(bytes),
            quality,
            new TreeMap<>(),
            1_790_000_000_000L);
    return new CheckpointSet(manifest, bytes);
  }

  /** The models of a service that keeps only what it serves. */
  public static ServedModels none(String defaultModel) {
    return new ServedModels(new ServedModels.Settings(defaultModel, Serving.latest(), 1));
  }

  /** Models of which one is served. */
  public static ServedModels serving(String model, ImageGenerator generator) {
    return serving(none(model), generator);
  }

  /** The default model is served. */
  public static ServedModels serving(ServedModels models, ImageGenerator generator) {
    swap(models, 1, generator);
    return models;
  }

  /** The first generator of another model. */
  public static void add(ServedModels models, String model, ImageGenerator generator) {
    models.add(new ServedGenerator(set(model, 1).manifest(), generator));
  }

  /** The discriminator of model digits. */
  public static Discriminators discriminators() {
    Discriminators discriminators = new Discriminators(FakeScorer::load);
    discriminators.offer(inSlot(Slots.DISCRIMINATOR, set("digits", 1)));
    return discriminators;
  }

  /** Another generator takes over. */
  public static void swap(ServedModels models, long version, ImageGenerator generator) {
    models.add(new ServedGenerator(set(models.defaultModel(), version).manifest(), generator));
  }
}
