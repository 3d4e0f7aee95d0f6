package io.github.kafkagan.pipeline.contract;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Passes over the images that were in the topic when the replay began. Its bounds stay as they were
 * then, so that a run that is resumed in any pass trains the same images.
 *
 * @param pass the pass that training is in, from 1
 * @param passes how many there are
 * @param from per images partition, the offset at which each pass begins
 * @param to per images partition, the offset before which each pass ends
 * @param over whether training has left the replay, and goes on with the stream
 */
public record Replay(
    int pass,
    int passes,
    SortedMap<Integer, Long> from,
    SortedMap<Integer, Long> to,
    boolean over) {

  public Replay {
    if (pass < 1 || pass > passes) {
      throw new IllegalArgumentException(
          "a replay is in one of its passes, not in %d of %d".formatted(pass, passes));
    }
    if (!from.keySet().equals(to.keySet())) {
      throw new IllegalArgumentException("a replay has both bounds of each partition");
    }
    from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
    to = Collections.unmodifiableSortedMap(new TreeMap<>(to));
  }

  /** The first pass of a new replay. */
  public static Replay begin(
      int passes, SortedMap<Integer, Long> from, SortedMap<Integer, Long> to) {
    return new Replay(1, passes, from, to, false);
  }

  /** Whether no offset lies between the bounds. */
  public boolean holdsNothing() {
    return from.equals(to);
  }

  /** Whether no pass follows this one. */
  public boolean inLastPass() {
    return pass == passes;
  }

  public Replay nextPass() {
    return new Replay(pass + 1, passes, from, to, over);
  }

  /** The same replay, as something that was. */
  public Replay left() {
    return new Replay(pass, passes, from, to, true);
  }
}
