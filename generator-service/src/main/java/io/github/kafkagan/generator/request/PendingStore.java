package io.github.kafkagan.generator.request;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's open requests by their offsets, and a mark: which of them were open when it was
 * made.
 *
 * <p>A deleted request alone is not gone for good. Its tombstone leaves the compacted changelog
 * after a while, and a broker that was away meanwhile still has the request when it leads again; it
 * would be answered twice. The newest mark is never compacted away, and what it does not name was
 * answered.
 */
final class PendingStore {
  static final long MARK = -1;

  private final KeyValueStore<Long, ReceivedRequest> store;
  private final Set<Long> open = new HashSet<>();

  /** One more than the greatest offset that was ever kept. */
  private long next;

  /** Of the mark in the store: those from here on were kept after it was made. */
  private long marked;

  private boolean changed;

  PendingStore(KeyValueStore<Long, ReceivedRequest> store) {
    this.store = store;
  }

  /** What the partition's previous owner left open, the oldest first; the rest is forgotten. */
  List<ReceivedRequest> left() {
    ReceivedRequest mark = store.get(MARK);
    marked = mark == null ? 0 : mark.offset();
    next = marked;
    Set<Long> named = mark == null ? Set.of() : offsets(mark);
    List<ReceivedRequest> left = new ArrayList<>();
    List<Long> answered = new ArrayList<>();
    try (KeyValueIterator<Long, ReceivedRequest> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Long, ReceivedRequest> entry = all.next();
        if (entry.key >= marked || named.contains(entry.key)) {
          left.add(entry.value);
          open.add(entry.key);
          next = Math.max(next, entry.key + 1);
        } else if (entry.key != MARK) {
          answered.add(entry.key);
        }
      }
    }
    answered.forEach(store::delete);
    return left;
  }

  /** Keeps a request until it is answered. */
  void keep(ReceivedRequest request) {
    store.put(request.offset(), request);
    open.add(request.offset());
    next = Math.max(next, request.offset() + 1);
    changed = true;
    if (request.offset() < marked) {
      // Of a topic that was created again. The mark must not be of another opinion at any moment.
      mark();
    }
  }

  /** A request that was kept has been answered. */
  void answered(long offset) {
    store.delete(offset);
    open.remove(offset);
    changed = true;
  }

  /** Makes a new mark, if there is anything new. */
  void mark() {
    if (changed) {
      ByteBuffer offsets = ByteBuffer.allocate(open.size() * Long.BYTES);
      open.forEach(offsets::putLong);
      store.put(MARK, new ReceivedRequest(next, 0, null, offsets.array(), new RecordHeaders()));
      marked = next;
      changed = false;
    }
  }

  private static Set<Long> offsets(ReceivedRequest mark) {
    byte[] value = mark.value();
    Set<Long> offsets = new HashSet<>();
    if (value != null) {
      ByteBuffer bytes = ByteBuffer.wrap(value);
      while (bytes.hasRemaining()) {
        offsets.add(bytes.getLong());
      }
    }
    return offsets;
  }
}
