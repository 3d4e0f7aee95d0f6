package io.github.kafkagan.pipeline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Predicate<SlotKey> wanted;
  private final long maxBytes;
  private final UnfinishedSets unfinished;

  /**
   * An assembler.
   *
   * @param wanted which slots to assemble; records of others are passed over
   * @param maxBytes how much of unfinished sets may be held, but never more than a third of the
   *     heap: a whole set is held twice while it is put together. Of what exceeds it, the largest
   *     set is given up, and reported broken when its manifest comes
   */
  public CheckpointAssembler(Predicate<SlotKey> wanted, long maxBytes) {
    this.wanted = wanted;
    this.maxBytes = Math.min(maxBytes, Runtime.getRuntime().maxMemory() / 3);
    this.unfinished = new UnfinishedSets(this.maxBytes);
  }

  /** Takes the topic's next record. */
  public Assembly accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    Optional<SlotKey> parsed =
        record.key() == null ? Optional.empty() : SlotKey.parse(record.key());
    if (parsed.isEmpty()) {
      return new Assembly.Foreign("the key is neither model/slot nor model/slot/chunk");
    }
    SlotKey key = parsed.get();
    if (key.slot().equals(Slots.OWNER) || !wanted.test(key)) {
      return new Assembly.Pending();
    }
    return key.chunk().isPresent() ? chunk(key, record.value()) : manifest(key, record.value());
  }

  private Assembly chunk(SlotKey key, byte @Nullable [] value) {
    SlotKey set = SlotKey.manifest(key.model(), key.slot());
    return unfinished
        .put(set, key.chunk().getAsInt(), value)
        .<Assembly>map(
            lost ->
                new Assembly.Foreign(
                    "too many chunks without a manifest, at most %d bytes are held; those of %s/%s are given up"
                        .formatted(maxBytes, lost.model(), lost.slot())))
        .orElseGet(Assembly.Pending::new);
  }

  private Assembly manifest(SlotKey key, byte @Nullable [] value) {
    // A manifest ends its set: the next one brings all its chunks again.
    Map<Integer, byte[]> chunks = unfinished.take(key);
    if (value == null) {
      return new Assembly.Pending();
    }
    JsonNode tree;
    try {
      tree = Json.read(value, JsonNode.class);
    } catch (IllegalArgumentException e) {
      return new Assembly.Unreadable(key, "unreadable manifest: " + e.getMessage());
    }
    // Before anything else of it is read: a newer format may have other fields altogether.
    long format = tree.path("format").asLong();
    if (format > Manifest.FORMAT) {
      return new Assembly.Unreadable(
          key, "format %d is newer than this reader's %d".formatted(format, Manifest.FORMAT));
    }
    Manifest manifest;
    try {
      manifest = Json.value(tree, Manifest.class);
    } catch (IllegalArgumentException e) {
      return new Assembly.Unreadable(key, "unreadable manifest: " + e.getMessage());
    }
    if (!key.model().equals(manifest.model()) || !key.slot().equals(manifest.slot())) {
      return new Assembly.Unreadable(key, "the manifest is of another slot than its key");
    }
    return verify(manifest, chunks);
  }

  private static Assembly verify(Manifest manifest, Map<Integer, byte[]> chunks) {
    List<byte[]> ordered = new ArrayList<>();
    long size = 0;
    for (int number = 0; number < manifest.chunks(); number++) {
      byte[] chunk = chunks.get(number);
      if (chunk == null) {
        return new Assembly.Broken(
            manifest, "chunk %d of %d is missing".formatted(number, manifest.chunks()));
      }
      ordered.add(chunk);
      size += chunk.length;
    }
    if (size != manifest.bytes() || size > LARGEST_ARRAY) {
      return new Assembly.Broken(
          manifest, "%d bytes where %d are promised".formatted(size, manifest.bytes()));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    ordered.forEach(bytes::put);
    if (!Sha256.of(bytes.array()).equals(manifest.sha256())) {
      return new Assembly.Broken(manifest, "the bytes do not have the manifest's sha256");
    }
    return new Assembly.Complete(new CheckpointSet(manifest, bytes.array()));
  }
}
