package io.github.kafkagan.generator.web.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records of one kind, in the order of their offsets: the newest quarter whole, before it one every
 * so many offsets, and always the first. So a few thousand show a run of any length.
 */
final class Lane<T extends Remembered> {
  private final int maxEntries;
  private final long maxBytes;
  private List<T> records = new ArrayList<>();
  private long bytes;
  private long spacing = 1;

  Lane(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Adds a record that comes after all others. */
  void add(T record) {
    records.add(record);
    bytes += record.bytes();
    while (isOver() && records.size() > 2) {
      int before = records.size();
      thin();
      if (before - records.size() <= before / 8) {
        spacing *= 2; // There is not much more to gain at this one.
      }
    }
  }

  private boolean isOver() {
    return records.size() > maxEntries || bytes > maxBytes;
  }

  private void thin() {
    int recent = Math.min(records.size() - 1, records.size() - records.size() / 4);
    List<T> kept = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < records.size(); i++) {
      T record = records.get(i);
      if (i == 0 || i >= recent || record.offset() - last >= spacing) {
        kept.add(record);
        last = record.offset();
      }
    }
    records = kept;
    bytes = kept.stream().mapToLong(Remembered::bytes).sum();
  }

  /** Those beyond an offset. */
  List<T> after(long offset) {
    int from = records.size();
    while (from > 0 && records.get(from - 1).offset() > offset) {
      from--;
    }
    return records.subList(from, records.size());
  }

  Optional<T> newest() {
    return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
  }
}
