package io.github.kafkagan.generator.web.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the last seconds. */
final class Pace {
  private record Reading(long nanos, long count) {}

  private final long windowNanos;
  private final Deque<Reading> readings = new ArrayDeque<>();

  Pace(Duration window) {
    this.windowNanos = window.toNanos();
  }

  /** Takes a reading; a count that falls begins anew. */
  void read(long nanos, long count) {
    if (!readings.isEmpty() && readings.getLast().count() > count) {
      readings.clear();
    }
    readings.add(new Reading(nanos, count));
    while (readings.size() > 2 && nanos - readings.getFirst().nanos() > windowNanos) {
      readings.removeFirst();
    }
  }

  /** Growth per second; 0 before the second reading. */
  double perSecond() {
    if (readings.size() < 2) {
      return 0;
    }
    Reading first = readings.getFirst();
    Reading last = readings.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos <= 0 ? 0 : (last.count() - first.count()) * 1e9 / nanos;
  }
}
