package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.checkpoint.Assembly.Broken;
import io.github.kafkagan.pipeline.checkpoint.Assembly.Complete;
import io.github.kafkagan.pipeline.checkpoint.Assembly.Foreign;
import io.github.kafkagan.pipeline.checkpoint.Assembly.Pending;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts checkpoints together from the records of a checkpoint topic, read in order, read_committed.
 * Holds the chunks of unfinished sets, never more than a limit of bytes of them.
 */
public final class CheckpointAssembler {
  private final Predicate<SlotKey> wanted;
  private final long maxBytes;
  private final Map<SlotKey, Map<Integer, byte[]>> unfinished = new HashMap<>();
  private long heldBytes;

  /**
   * An assembler.
   *
   * @param wanted which slots to assemble; records of others are passed over
   * @param maxBytes how much of unfinished sets may be held; what exceeds it is reported broken
   */
  public CheckpointAssembler(Predicate<SlotKey> wanted, long maxBytes) {
    this.wanted = wanted;
    this.maxBytes = maxBytes;
  }

  /** Takes the topic's next record. */
  public Assembly accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    Optional<SlotKey> parsed =
        record.key() == null ? Optional.empty() : SlotKey.parse(record.key());
    if (parsed.isEmpty()) {
      return new Foreign("the key is neither model/slot nor model/slot/chunk");
    }
    SlotKey key = parsed.get();
    if (key.slot().equals(Slots.OWNER) || !wanted.test(key)) {
      return new Pending();
    }
    return key.chunk().isPresent() ? chunk(key, record.value()) : manifest(key, record.value());
  }

  private Assembly chunk(SlotKey key, byte @Nullable [] value) {
    Map<Integer, byte[]> chunks =
        unfinished.computeIfAbsent(SlotKey.manifest(key.model(), key.slot()), k -> new HashMap<>());
    int number = key.chunk().getAsInt();
    byte[] replaced = value == null ? chunks.remove(number) : chunks.put(number, value);
    heldBytes += (value == null ? 0 : value.length) - (replaced == null ? 0 : replaced.length);
    if (heldBytes > maxBytes) {
      forget(key);
      return new Foreign("chunks without a manifest exceed %d bytes".formatted(maxBytes));
    }
    return new Pending();
  }

  private Assembly manifest(SlotKey key, byte @Nullable [] value) {
    Map<Integer, byte[]> chunks = forget(key);
    if (value == null) {
      return new Pending();
    }
    Manifest manifest;
    try {
      manifest = Json.read(value, Manifest.class);
    } catch (IllegalArgumentException e) {
      return new Foreign("unreadable manifest: " + e.getMessage());
    }
    if (manifest.format() > Manifest.FORMAT) {
      return new Broken(
          manifest,
          "format %d is newer than this reader's %d".formatted(manifest.format(), Manifest.FORMAT));
    }
    if (!key.model().equals(manifest.model()) || !key.slot().equals(manifest.slot())) {
      return new Broken(manifest, "the manifest is of another slot than its key");
    }
    return verify(manifest, chunks);
  }

  private static Assembly verify(Manifest manifest, Map<Integer, byte[]> chunks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int number = 0; number < manifest.chunks(); number++) {
      byte[] chunk = chunks.get(number);
      if (chunk == null) {
        return new Broken(
            manifest, "chunk %d of %d is missing".formatted(number, manifest.chunks()));
      }
      bytes.writeBytes(chunk);
    }
    byte[] all = bytes.toByteArray();
    if (all.length != manifest.bytes()) {
      return new Broken(
          manifest, "%d bytes where %d are promised".formatted(all.length, manifest.bytes()));
    }
    if (!Sha256.of(all).equals(manifest.sha256())) {
      return new Broken(manifest, "the bytes do not have the manifest's sha256");
    }
    return new Complete(new CheckpointSet(manifest, all));
  }

  /** A manifest ends its set: the next one brings all its chunks again. */
  private Map<Integer, byte[]> forget(SlotKey key) {
    Map<Integer, byte[]> chunks = unfinished.remove(SlotKey.manifest(key.model(), key.slot()));
    if (chunks == null) {
      return new HashMap<>();
    }
    chunks.values().forEach(chunk -> heldBytes -= chunk.length);
    return chunks;
  }
}
