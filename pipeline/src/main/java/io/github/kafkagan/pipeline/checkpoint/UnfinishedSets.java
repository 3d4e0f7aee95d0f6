package io.github.kafkagan.pipeline.checkpoint;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chunks whose manifest has not come yet, never more than a limit of bytes of them. What goes
 * beyond it is the largest set, so that a stranger's chunks without end cost no other set its own;
 * of too many sets it is the one that was not heard of for longest.
 */
final class UnfinishedSets {
  /** About what a chunk takes besides its bytes: many tiny ones are no way around the limit. */
  private static final int OVERHEAD = 128;

  /** More than the slots of a few models, of which one at a time is being written. */
  private static final int MAX_SETS = 256;

  private final long maxBytes;

  /** The one that was heard of last comes last. */
  private final Map<SlotKey, Map<Integer, byte[]>> sets = new LinkedHashMap<>();

  private final Map<SlotKey, Long> sizes = new HashMap<>();
  private long held;

  UnfinishedSets(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a chunk; null, a tombstone, takes one away.
   *
   * @param set key of its manifest
   * @return the set that was given up for lack of room; empty if none was
   */
  Optional<SlotKey> put(SlotKey set, int number, byte @Nullable [] chunk) {
    Map<Integer, byte[]> known = sets.remove(set);
    Map<Integer, byte[]> chunks = known == null ? new HashMap<>() : known;
    sets.put(set, chunks);
    byte[] replaced = chunk == null ? chunks.remove(number) : chunks.put(number, chunk);
    long change = cost(chunk) - cost(replaced);
    sizes.merge(set, change, Long::sum);
    held += change;
    if (chunks.isEmpty()) {
      take(set);
    }
    Optional<SlotKey> surplus = surplus();
    surplus.ifPresent(this::take);
    return surplus;
  }

  private Optional<SlotKey> surplus() {
    if (held > maxBytes) {
      return sizes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
    return sets.size() > MAX_SETS ? sets.keySet().stream().findFirst() : Optional.empty();
  }

  /** Hands over a set's chunks by number; none if there are none. */
  Map<Integer, byte[]> take(SlotKey set) {
    held -= sizes.getOrDefault(set, 0L);
    sizes.remove(set);
    Map<Integer, byte[]> chunks = sets.remove(set);
    return chunks == null ? Map.of() : chunks;
  }

  private static long cost(byte @Nullable [] chunk) {
    return chunk == null ? 0 : chunk.length + OVERHEAD;
  }
}
