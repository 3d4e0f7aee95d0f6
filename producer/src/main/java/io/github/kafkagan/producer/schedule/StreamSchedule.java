package io.github.kafkagan.producer.schedule;

import io.github.kafkagan.producer.source.ImageSets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which image stands at which position of the stream: a function of the position and of nothing
 * that happened before, so that a producer that starts again needs only the position.
 *
 * <p>Positions count all images that ever entered the topic. A schedule begins at its origin, where
 * its first phase begins. Not thread-safe.
 */
public final class StreamSchedule {
  private final List<ScheduledPhase> phases;
  private final long origin;
  private final long end;
  private final String fingerprint;

  /**
   * A schedule.
   *
   * @param origin the position from which this schedule holds, 0 or more
   * @throws IllegalArgumentException if a phase's data set or labels do not exist
   */
  public StreamSchedule(ImageSets sets, StreamPlan plan, long origin) {
    this.phases = phases(sets, plan, origin);
    this.origin = origin;
    long last = phases.get(phases.size() - 1).end();
    this.end = plan.limit() == 0 ? last : Math.min(last, plan.limit());
    this.fingerprint = fingerprint(phases, plan);
  }

  private static List<ScheduledPhase> phases(ImageSets sets, StreamPlan plan, long origin) {
    List<ScheduledPhase> phases = new ArrayList<>();
    long begin = origin;
    for (Phase phase : plan.phases()) {
      ScheduledPhase next =
          new ScheduledPhase(sets.named(phase.dataset()), plan, phases.size(), begin);
      phases.add(next);
      begin = next.end();
    }
    return List.copyOf(phases);
  }

  /** Where phases end counts, but for the last: a stream that is only made longer is the same. */
  private static String fingerprint(List<ScheduledPhase> phases, StreamPlan plan) {
    String seed = plan.shuffled() ? "seed=" + plan.seed() : "unshuffled";
    StringBuilder text = new StringBuilder();
    for (ScheduledPhase phase : phases) {
      text.append(phase.fingerprint(seed));
      if (phase.number() < phases.size()) {
        text.append(" images=").append(phase.end() - phase.begin()).append(" then ");
      }
    }
    return text.toString();
  }

  /**
   * What decides the order of images. A stream whose fingerprint changed goes on with other images.
   */
  public String fingerprint() {
    return fingerprint;
  }

  public long origin() {
    return origin;
  }

  /**
   * The first position that is no longer part of the stream; {@link Long#MAX_VALUE} if it is
   * endless.
   */
  public long end() {
    return end;
  }

  /** In the order of their positions, without a gap. */
  public List<ScheduledPhase> phases() {
    return phases;
  }

  /**
   * The phase of a position.
   *
   * @param position from the origin on; behind the last phase's end, that phase
   */
  public ScheduledPhase phaseAt(long position) {
    for (ScheduledPhase phase : phases) {
      if (position < phase.end()) {
        return phase;
      }
    }
    return phases.get(phases.size() - 1);
  }

  /**
   * The image at a position.
   *
   * @param position from the origin on
   */
  public ScheduledImage imageAt(long position) {
    return phaseAt(position).at(position);
  }
}
