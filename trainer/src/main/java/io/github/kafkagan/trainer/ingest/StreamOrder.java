package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records of all partitions into the order of their stream positions, so that a run that
 * is repeated trains the same batches. Position p is in partition p mod P; if that partition has
 * nothing yet, the others wait for it.
 *
 * <p>Records that have no place in that order (no key, a key of another partition's, a position
 * that is over or absurdly far away, or one that lower ones of its partition follow) are foreign:
 * they are taken as they come, and exact replay does not cover them.
 */
final class StreamOrder {
  /**
   * No stream skips so many positions: what seems to is a stranger's key, such as a time or a hash.
   */
  private static final long LARGEST_GAP = 1L << 40;

  private final List<Queue<Arrival>> partitions = new ArrayList<>();
  private final BitSet exhausted = new BitSet();

  /**
   * Where it is not known whether the next record has its place: something was added, or taken so
   * that the next is not the one that is due there. Elsewhere it has, and still will: so a record's
   * cost does not depend on how many partitions there are.
   */
  private final BitSet unjudged = new BitSet();

  private long next;
  private long missing;
  private long foreign;

  StreamOrder(int partitions, long nextPosition) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayDeque<>());
    }
    next = nextPosition;
  }

  void add(Arrival record) {
    partitions.get(record.partition()).add(record);
    unjudged.set(record.partition());
  }

  /** No more records of that partition will be added: none waits for it any longer. */
  void exhausted(int partition) {
    exhausted.set(partition);
  }

  /** Whether every record that will ever be added was taken. */
  boolean isComplete() {
    return exhausted.cardinality() == partitions.size()
        && partitions.stream().allMatch(Queue::isEmpty);
  }

  /** The next record of the stream; null if its partition has nothing yet. */
  @Nullable Arrival poll() {
    for (int i = unjudged.nextSetBit(0); i >= 0; i = unjudged.nextSetBit(i + 1)) {
      Arrival head = partitions.get(i).peek();
      if (head != null && (!hasPlace(head) || isOutOfOrder(i, head.position()))) {
        foreign++;
        return partitions.get(i).remove();
      }
      unjudged.clear(i);
    }
    while (!isComplete()) {
      int turn = ImageRecord.partition(next, partitions.size());
      Arrival head = partitions.get(turn).peek();
      if (head == null && !exhausted.get(turn)) {
        return null;
      }
      if (head != null && head.position() == next) {
        return takeNext(turn);
      }
      skip();
    }
    return null;
  }

  private Arrival takeNext(int partition) {
    Queue<Arrival> waiting = partitions.get(partition);
    Arrival record = waiting.remove();
    Arrival head = waiting.peek();
    if (head != null && head.position() != next + partitions.size()) {
      unjudged.set(partition);
    }
    next++;
    return record;
  }

  /**
   * Whether a partition's next record is neither the one that is due there nor behind a gap, since
   * lower ones follow it. A stranger's key that happens to be a position of the future would
   * otherwise hold up its partition until the stream has come there.
   */
  private boolean isOutOfOrder(int partition, long first) {
    long due = next + Math.floorMod(partition - next, (long) partitions.size());
    return first != due
        && partitions.get(partition).stream()
            .anyMatch(record -> isIts(record) && record.position() < first);
  }

  /** The position whose turn it is is gone: its partition has only later ones, or no more. */
  private void skip() {
    long from = next;
    next = allKnown() ? firstPlace() : next + 1;
    missing += next - from;
  }

  /** Whether each partition has shown its next record, or that it has none. */
  private boolean allKnown() {
    return IntStream.range(0, partitions.size())
        .noneMatch(i -> partitions.get(i).isEmpty() && !exhausted.get(i));
  }

  private long firstPlace() {
    return partitions.stream()
        .filter(partition -> !partition.isEmpty())
        .mapToLong(partition -> partition.element().position())
        .min()
        .getAsLong();
  }

  private boolean hasPlace(Arrival record) {
    return isIts(record) && record.position() >= next && record.position() - next <= LARGEST_GAP;
  }

  /** Whether the record has a position, and not one of another partition's. */
  private boolean isIts(Arrival record) {
    return record.position() != Arrival.NONE
        && ImageRecord.partition(record.position(), partitions.size()) == record.partition();
  }

  /** Stream position of the record that is due next. */
  long nextPosition() {
    return next;
  }

  /** How many records of a partition wait for their turn. */
  int waiting(int partition) {
    return partitions.get(partition).size();
  }

  /** How many records wait for their turn. */
  int waiting() {
    return partitions.stream().mapToInt(Queue::size).sum();
  }

  /** Positions passed over since they are gone from the topic. */
  long missing() {
    return missing;
  }

  /** Records taken out of order, since they have no place in it. */
  long foreign() {
    return foreign;
  }
}
