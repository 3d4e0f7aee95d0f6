package io.github.kafkagan.producer.schedule;

import io.github.kafkagan.producer.source.ImageSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which image stands at which position of the stream: a function of the position and of nothing
 * that happened before, so that a producer that starts again needs only the position.
 *
 * <p>Positions count all images that ever entered the topic. A schedule begins at its origin, where
 * an epoch begins too. Not thread-safe.
 */
public final class StreamSchedule {
  private final int[] eligible;
  private final EpochOrder order;
  private final long origin;
  private final long end;
  private final String fingerprint;

  /**
   * @param origin the position from which this schedule holds, 0 or more
   * @throws IllegalArgumentException if no image has one of the plan's labels
   */
  public StreamSchedule(ImageSet images, StreamPlan plan, long origin) {
    this.eligible = eligible(images, plan.labels());
    this.order = new EpochOrder(eligible.length, plan.seed(), plan.shuffled());
    this.origin = origin;
    long lastEpoch =
        plan.epochs() == 0
            ? Long.MAX_VALUE
            : Math.addExact(origin, Math.multiplyExact(plan.epochs(), eligible.length));
    this.end = plan.limit() == 0 ? lastEpoch : Math.min(lastEpoch, plan.limit());
    this.fingerprint = fingerprint(images, plan);
  }

  /**
   * What decides the order of images. A stream whose fingerprint changed goes on with other images.
   */
  public static String fingerprint(ImageSet images, StreamPlan plan) {
    return "%s %dx%s %s labels=%s"
        .formatted(
            images.name(),
            images.size(),
            images.shape(),
            plan.shuffled() ? "seed=" + plan.seed() : "unshuffled",
            plan.labels().takesAll() ? "all" : plan.labels().canonical());
  }

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

  public int imagesPerEpoch() {
    return eligible.length;
  }

  /**
   * The index in the set of the image at a position.
   *
   * @param position from the origin on
   */
  public int imageAt(long position) {
    return eligible[order.at(position - origin)];
  }

  private static int[] eligible(ImageSet images, LabelFilter filter) {
    if (filter.takesAll()) {
      return IntStream.range(0, images.size()).toArray();
    }
    BitSet labels = filter.labels();
    int[] eligible =
        IntStream.range(0, images.size())
            .filter(i -> images.label(i).isPresent() && labels.get(images.label(i).getAsInt()))
            .toArray();
    if (eligible.length == 0) {
      throw new IllegalArgumentException(
          "no image of %s has one of the labels %s; there are %s"
              .formatted(images.name(), filter.text(), describeClasses(images)));
    }
    return eligible;
  }

  private static String describeClasses(ImageSet images) {
    return images.labelled()
        ? Arrays.stream(images.classes())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "))
        : "no labels";
  }
}
