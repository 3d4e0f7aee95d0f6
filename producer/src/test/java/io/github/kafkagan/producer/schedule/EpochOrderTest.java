package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final int COUNT = 101;

  @Test
  void everyEpochHasEachImageOnce() {
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(Arrays.stream(epoch(42, epoch)).sorted().toArray())
          .isEqualTo(IntStream.range(0, COUNT).toArray());
    }
  }

  @Test
  void epochsAndSeedsHaveOrdersOfTheirOwn() {
    assertThat(epoch(42, 0)).isNotEqualTo(epoch(42, 1)).isNotEqualTo(epoch(43, 0));
    assertThat(epoch(42, 1)).isNotEqualTo(epoch(43, 0));
  }

  @Test
  void theOrderDependsOnTheStepAlone() {
    int[] forwards =
        LongStream.range(0, 4 * COUNT).mapToInt(new EpochOrder(COUNT, 7, true)::at).toArray();

    EpochOrder asked = new EpochOrder(COUNT, 7, true);
    new Random(1)
        .longs(500, 0, 4 * COUNT)
        .forEach(step -> assertThat(asked.at(step)).isEqualTo(forwards[(int) step]));
  }

  @Test
  void theOrderIsTheSameOnEveryMachine() {
    EpochOrder order = new EpochOrder(10, 3, true);

    // Computed by an independent implementation of SplitMix64's finalizer, java.util.Random and the
    // shuffle.
    assertThat(LongStream.range(0, 20).mapToInt(order::at))
        .containsExactly(5, 9, 0, 1, 7, 6, 2, 4, 3, 8, 8, 4, 5, 6, 9, 7, 3, 0, 1, 2);
  }

  @Test
  void everyPlaceOfTheEpochIsEquallyLikely() {
    int epochs = 20_000;
    EpochOrder order = new EpochOrder(4, 11, true);
    int[][] seen = new int[4][4];
    for (long step = 0; step < 4L * epochs; step++) {
      seen[(int) (step % 4)][order.at(step)]++;
    }

    // Each count is binomial with mean 5,000 and standard deviation 61.
    assertThat(Arrays.stream(seen).flatMapToInt(Arrays::stream))
        .allMatch(n -> Math.abs(n - 5_000) < 300);
  }

  @Test
  void unshuffledKeepsTheFilesOrder() {
    EpochOrder order = new EpochOrder(3, 5, false);

    assertThat(LongStream.range(0, 7).mapToInt(order::at)).containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void hasNoNegativeSteps() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EpochOrder(3, 5, true).at(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EpochOrder(0, 5, true));
  }

  private static int[] epoch(long seed, int epoch) {
    EpochOrder order = new EpochOrder(COUNT, seed, true);
    return LongStream.range((long) epoch * COUNT, (epoch + 1L) * COUNT)
        .mapToInt(order::at)
        .toArray();
  }
}
