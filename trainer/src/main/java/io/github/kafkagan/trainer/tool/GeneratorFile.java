package io.github.kafkagan.trainer.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.Device;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Map;
import java.util.TreeMap;

/**
 * A generator as a file of its own: safetensors, with the manifest as JSON in the metadata, so that
 * the file alone is enough to rebuild the generator.
 */
final class GeneratorFile {
  private static final String MANIFEST = "manifest";

  private GeneratorFile() {}

  /**
   * The file of a checkpoint.
   *
   * @throws CheckpointException if the checkpoint's bytes are no weights
   */
  static byte[] encode(CheckpointSet set) {
    Snapshot weights = Snapshot.decode(set.bytes());
    Map<String, String> metadata = new TreeMap<>(weights.metadata());
    metadata.put(MANIFEST, new String(Json.bytes(set.manifest()), UTF_8));
    return new Snapshot(weights.tensors(), metadata).encode();
  }

  /**
   * The checkpoint in a file.
   *
   * @throws CheckpointException if it is none, or its weights do not fit its network
   */
  static CheckpointSet decode(byte[] file) {
    Snapshot snapshot = Snapshot.decode(file);
    Map<String, String> metadata = new TreeMap<>(snapshot.metadata());
    String text = metadata.remove(MANIFEST);
    if (text == null) {
      throw new CheckpointException("the file has no manifest in its metadata");
    }
    byte[] weights = new Snapshot(snapshot.tensors(), metadata).encode();
    try {
      Manifest manifest = Json.read(text.getBytes(UTF_8), Manifest.class);
      GeneratorSpec spec = Json.value(manifest.spec(), GeneratorSpec.class);
      Generator.load(spec, weights, Device.cpu()).close();
      return new CheckpointSet(manifest, weights);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("the file's manifest is unreadable: " + e.getMessage());
    }
  }
}
