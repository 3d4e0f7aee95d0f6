package io.github.kafkagan.generator.web.feed;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of one topic, bounded in memory: per lane some of its records. One thread
 * adds, any thread reads or waits for more.
 */
public final class History<T extends Remembered> implements AutoCloseable {
  /** Who writes types or models of their own into a topic gets no more memory than this. */
  private static final int MAX_LANES = 32;

  private final int maxEntries;
  private final long maxBytes;
  private final Map<String, Lane<T>> lanes = new LinkedHashMap<>(MAX_LANES, 0.75f, true);
  private long newest = -1;
  private int life;
  private boolean closed;

  /**
   * A history with nothing in it.
   *
   * @param maxEntries of a lane
   * @param maxBytes of a lane
   */
  public History(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * Where a reader is.
   *
   * @param life counts how often the topic was created anew
   * @param offset of the last record that was read, -1 before the first
   */
  public record Place(int life, long offset) {}

  /**
   * What came since a reader looked last.
   *
   * @param fromBeginning whether the topic was created anew, so that what was read before is void
   * @param place where the reader is now
   * @param records beyond the reader's place, in their order; perhaps none
   */
  public record Update<T>(boolean fromBeginning, Place place, List<T> records) {}

  /** Adds a record; one that is not newer than all others is known already. */
  synchronized void add(T record) {
    if (record.offset() <= newest) {
      return;
    }
    newest = record.offset();
    lanes.computeIfAbsent(record.lane(), name -> new Lane<>(maxEntries, maxBytes)).add(record);
    if (lanes.size() > MAX_LANES) {
      lanes.remove(lanes.keySet().iterator().next());
    }
    notifyAll();
  }

  /** The topic is another one. */
  synchronized void clear() {
    lanes.clear();
    newest = -1;
    life++;
    notifyAll();
  }

  /** A lane's records. */
  public synchronized List<T> lane(String name) {
    Lane<T> lane = lanes.get(name);
    return lane == null ? List.of() : List.copyOf(lane.after(-1));
  }

  /** A lane's newest record. */
  public synchronized Optional<T> newest(String name) {
    Lane<T> lane = lanes.get(name);
    return lane == null ? Optional.empty() : lane.newest();
  }

  /** The record at an offset, if it is remembered. */
  public synchronized Optional<T> find(long offset) {
    return lanes.values().stream()
        .flatMap(lane -> lane.after(offset - 1).stream().limit(1))
        .filter(record -> record.offset() == offset)
        .findFirst();
  }

  /** The place of a reader who has read until an offset, as far as that is possible. */
  public synchronized Place placeAfter(long offset) {
    // An offset from the future is one of a topic that is gone.
    return new Place(offset > newest ? life - 1 : life, offset);
  }

  /** The place before the first record. */
  public synchronized Place beginning() {
    return new Place(life, -1);
  }

  /**
   * What comes after a place, as soon as there is anything, or nothing when the patience is over.
   *
   * @return empty if the history is closed
   */
  public synchronized Optional<Update<T>> await(Place place, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!closed && place.life() == life && newest <= place.offset()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    if (closed) {
      return Optional.empty();
    }
    boolean another = place.life() != life;
    long from = another ? -1 : place.offset();
    List<T> records =
        lanes.values().stream()
            .flatMap(lane -> lane.after(from).stream())
            .sorted(Comparator.comparingLong(Remembered::offset))
            .toList();
    return Optional.of(new Update<>(another, new Place(life, Math.max(from, newest)), records));
  }

  /** Ends all waiting. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
