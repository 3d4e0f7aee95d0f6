package io.github.kafkagan.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one kill cost.
 *
 * @param whole from the kill until the process works again: images committed, a step trained, a
 *     request answered that came after the kill; for the broker, until images that were streamed
 *     after its start have been trained on, and requests that came after it are answered
 * @param start of it, until the new process answers at all; for the broker, until those do, too,
 *     that had ended for want of it
 */
record Recovery(Victim victim, Duration whole, Duration start) {
  /** What the process needs besides its start. */
  Duration beyondStart() {
    return whole.minus(start);
  }

  /**
   * Of all of a process's recoveries, in seconds.
   *
   * @param median of the whole times
   * @param worst of the whole times
   * @param medianBeyondStart of what comes on top of the process's start
   * @param worstBeyondStart likewise
   */
  record Summary(
      int kills, double median, double worst, double medianBeyondStart, double worstBeyondStart) {

    /** Of at least one recovery. */
    static Summary of(List<Recovery> recoveries) {
      List<Double> whole = sorted(recoveries.stream().map(Recovery::whole).toList());
      List<Double> beyond = sorted(recoveries.stream().map(Recovery::beyondStart).toList());
      int middle = (recoveries.size() - 1) / 2;
      int last = recoveries.size() - 1;
      return new Summary(
          recoveries.size(),
          whole.get(middle),
          whole.get(last),
          beyond.get(middle),
          beyond.get(last));
    }

    private static List<Double> sorted(List<Duration> times) {
      return times.stream().map(time -> time.toMillis() / 1000.0).sorted().toList();
    }
  }
}
