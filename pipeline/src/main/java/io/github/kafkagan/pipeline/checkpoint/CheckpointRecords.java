package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of checkpoints, to be sent in this order in one transaction. */
public final class CheckpointRecords {
  /** Small enough for a broker's default {@code message.max.bytes}. */
  public static final int CHUNK_BYTES = 900_000;

  private CheckpointRecords() {}

  /** How many chunks a checkpoint of this size has. */
  public static int chunks(long bytes) {
    return Math.toIntExact((bytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
  }

  /**
   * The records of checkpoints that are published together, each in a slot of its own.
   *
   * @param previousChunks per slot, how many chunks it has held so far; 0 where it is missing
   */
  public static List<ProducerRecord<byte[], byte[]>> of(
      String topic, List<CheckpointSet> together, Map<String, Integer> previousChunks) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (CheckpointSet set : together) {
      records.addAll(of(topic, set, previousChunks.getOrDefault(set.manifest().slot(), 0)));
    }
    return records;
  }

  /**
   * Chunks, then tombstones for what the slot's previous checkpoint had more of them, then the
   * manifest.
   *
   * @param previousChunks how many chunks the slot has held so far
   */
  public static List<ProducerRecord<byte[], byte[]>> of(
      String topic, CheckpointSet set, int previousChunks) {
    Manifest manifest = set.manifest();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int chunk = 0; chunk < Math.max(manifest.chunks(), previousChunks); chunk++) {
      byte[] key = SlotKey.chunk(manifest.model(), manifest.slot(), chunk).bytes();
      int from = chunk * CHUNK_BYTES;
      int to = Math.min(from + CHUNK_BYTES, set.bytes().length);
      records.add(
          chunk < manifest.chunks()
              ? new ProducerRecord<>(topic, key, Arrays.copyOfRange(set.bytes(), from, to))
              : new ProducerRecord<>(topic, key, null));
    }
    byte[] key = SlotKey.manifest(manifest.model(), manifest.slot()).bytes();
    records.add(new ProducerRecord<>(topic, key, Json.bytes(manifest)));
    return records;
  }
}
