package io.github.kafkagan.local.figures;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Images per second out of a counter that is read now and then. */
public final class Speed {
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private record Reading(long nanos, long images) {
    double since(Reading earlier) {
      return nanos == earlier.nanos
          ? 0
          : SECOND * (images - earlier.images) / (nanos - earlier.nanos);
    }
  }

  private final Deque<Reading> window = new ArrayDeque<>();
  private final Reading start;
  private @Nullable Reading first;
  private Reading last;

  /**
   * Starts at no images.
   *
   * @param nanos of {@link System#nanoTime()}
   */
  public Speed(long nanos) {
    start = new Reading(nanos, 0);
    last = start;
    window.add(start);
  }

  /** Takes a reading of the counter. */
  public void read(long nanos, long images) {
    last = new Reading(nanos, images);
    if (first == null && images > 0) {
      first = last;
    }
    window.add(last);
    while (window.size() > 2 && nanos - window.getFirst().nanos() > WINDOW) {
      window.removeFirst();
    }
  }

  /** Over the last ten seconds. */
  public double now() {
    return last.since(window.getFirst());
  }

  /** Since the first images were seen; where there is one such reading only, since the start. */
  public double overall() {
    return last.since(first == null || first.equals(last) ? start : first);
  }
}
