package io.github.kafkagan.producer.schedule;

import io.github.kafkagan.producer.source.ImageSet;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A phase with its images and its place in the stream. An epoch begins where it begins. Not
 * thread-safe.
 */
public final class ScheduledPhase {
  private final int number;
  private final Phase phase;
  private final ImageSet images;
  private final int[] eligible;
  private final EpochOrder order;
  private final long begin;
  private final long end;

  /**
   * Places a phase.
   *
   * @param index of the phase in its plan; one that shares its images with another has an order of
   *     its own
   * @param begin the phase's first position
   * @throws IllegalArgumentException if the set does not have the phase's labels
   */
  ScheduledPhase(ImageSet images, StreamPlan plan, int index, long begin) {
    this.number = index + 1;
    this.phase = plan.phases().get(index);
    this.images = images;
    this.eligible = eligible(images, phase.labels());
    this.order = new EpochOrder(eligible.length, plan.seed() + index, plan.shuffled());
    this.begin = begin;
    long passes = number == plan.phases().size() ? plan.epochs() : 0;
    this.end =
        Math.min(
            phase.images().isEmpty()
                ? Long.MAX_VALUE
                : Math.addExact(begin, phase.images().getAsLong()),
            passes == 0
                ? Long.MAX_VALUE
                : Math.addExact(begin, Math.multiplyExact(passes, eligible.length)));
  }

  /** The phase's place in the schedule, from 1. */
  public int number() {
    return number;
  }

  /** Position of its first image. */
  public long begin() {
    return begin;
  }

  /** The first position behind it; {@link Long#MAX_VALUE} if it is endless. */
  public long end() {
    return end;
  }

  public int imagesPerEpoch() {
    return eligible.length;
  }

  public String dataset() {
    return images.name();
  }

  /** Its labels, separated by commas; {@code all} if none is left out. */
  public String labels() {
    return phase.labels().takesAll() ? "all" : phase.labels().canonical();
  }

  ScheduledImage at(long position) {
    return new ScheduledImage(images, eligible[order.at(position - begin)]);
  }

  /**
   * What decides the order of its images.
   *
   * @param seed as the plan has it, described
   */
  String fingerprint(String seed) {
    return "%s %dx%s %s labels=%s"
        .formatted(images.name(), images.size(), images.shape(), seed, labels());
  }

  private static int[] eligible(ImageSet images, LabelFilter filter) {
    if (filter.takesAll()) {
      return IntStream.range(0, images.size()).toArray();
    }
    BitSet wanted = filter.labels();
    BitSet absent = filter.labels();
    IntStream.of(images.classes()).forEach(absent::clear);
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no images with labels %s; it has %s"
              .formatted(images.name(), list(absent.stream()), describeClasses(images)));
    }
    return IntStream.range(0, images.size())
        .filter(i -> wanted.get(images.label(i).orElseThrow()))
        .toArray();
  }

  private static String describeClasses(ImageSet images) {
    return images.labelled() ? list(IntStream.of(images.classes())) : "no labels";
  }

  private static String list(IntStream labels) {
    return labels.mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
