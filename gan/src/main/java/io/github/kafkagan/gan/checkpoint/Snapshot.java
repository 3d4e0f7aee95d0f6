package io.github.kafkagan.gan.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors copied out of networks at one moment, with what is to be said about them.
 *
 * <p>Nothing in it belongs to an engine: it may be encoded on another thread while training goes
 * on.
 *
 * @param tensors by name, in the order of the names
 * @param metadata text by key
 */
public record Snapshot(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
  public Snapshot(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this(new TreeMap<>(tensors), new TreeMap<>(metadata));
  }

  public Snapshot {
    tensors = Collections.unmodifiableSortedMap(tensors);
    metadata = Collections.unmodifiableSortedMap(metadata);
  }

  /** True if no tensor has a NaN or an infinity. */
  public boolean finite() {
    return tensors.values().stream().allMatch(Tensor::finite);
  }

  /**
   * This snapshot as safetensors.
   *
   * @throws CheckpointException if a value is not finite: such weights must not be published
   */
  public byte[] encode() {
    tensors.forEach(
        (name, tensor) -> {
          if (!tensor.finite()) {
            throw new CheckpointException("tensor " + name + " has values that are not finite");
          }
        });
    return Safetensors.encode(this);
  }

  /**
   * Reads safetensors.
   *
   * @throws CheckpointException if the bytes are not valid, or a value is not finite
   */
  public static Snapshot decode(byte[] bytes) {
    Snapshot snapshot = Safetensors.decode(bytes);
    snapshot.tensors.forEach(
        (name, tensor) -> {
          if (!tensor.finite()) {
            throw new CheckpointException("tensor " + name + " has values that are not finite");
          }
        });
    return snapshot;
  }
}
