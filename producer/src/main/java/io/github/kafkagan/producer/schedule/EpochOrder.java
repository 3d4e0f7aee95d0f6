package io.github.kafkagan.producer.schedule;

import java.util.Random;

/**
 * The order of images within each epoch: every index once, shuffled differently in each.
 *
 * <p>The order is a function of (count, seed, epoch) alone, the same on every machine: Fisher and
 * Yates' shuffle (Knuth, TAOCP vol. 2, algorithm P) driven by {@link Random}, whose algorithm its
 * documentation fixes. Not thread-safe.
 */
final class EpochOrder {
  private final int count;
  private final long seed;
  private final boolean shuffled;
  private final int[] order;
  private long epoch = -1;

  /**
   * @param count images per epoch, at least 1
   * @param shuffled false to go through them as they come
   */
  EpochOrder(int count, long seed, boolean shuffled) {
    if (count < 1) {
      throw new IllegalArgumentException("an epoch needs at least one image");
    }
    this.count = count;
    this.seed = seed;
    this.shuffled = shuffled;
    this.order = new int[count];
  }

  /** Index 0 to count − 1 of the image at a step of the stream, counted from 0. */
  int at(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("the stream begins at 0, not at " + step);
    }
    int place = (int) (step % count);
    if (!shuffled) {
      return place;
    }
    if (step / count != epoch) {
      epoch = step / count;
      shuffle();
    }
    return order[place];
  }

  private void shuffle() {
    Random random = new Random(mix(seed + mix(epoch)));
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /**
   * SplitMix64's finalizer (Steele, Lea, Flood, 2014): neighbouring inputs give unrelated outputs.
   */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
