package io.github.kafkagan.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentsTest {
  /** Computed by another program, in another language, from the algorithm's description. */
  private static final float[] FIRST_OF_42 = {
    0.32138044f, -1.135593f, -0.47413424f, -0.7458284f, 0.79845595f, -0.7847199f
  };

  @Test
  void givenASeedThenTheNumbersAreTheseOnEveryMachine() {
    assertThat(Latents.draw(42, 2, 3)).containsExactly(FIRST_OF_42);
  }

  @Test
  void givenALargerCountThenTheFirstVectorsStay() {
    assertThat(Latents.draw(1, 100, 7)).startsWith(Latents.draw(1, 3, 7));
  }

  @Test
  void givenManyNumbersThenTheyAreStandardNormal() {
    float[] numbers = Latents.draw(3, 1000, 1000);

    double mean = mean(numbers, 1);
    assertThat(mean).isCloseTo(0, within(0.004));
    assertThat(mean(numbers, 2)).isCloseTo(1, within(0.006));
    assertThat(mean(numbers, 4)).isCloseTo(3, within(0.05));
  }

  @Test
  void givenNeighbouringSeedsThenTheNumbersAreUnrelated() {
    int seeds = 20_000;
    double[] firsts =
        IntStream.range(0, seeds).mapToDouble(seed -> Latents.draw(seed, 1, 1)[0]).toArray();

    double lagged =
        IntStream.range(1, seeds).mapToDouble(i -> firsts[i] * firsts[i - 1]).sum() / seeds;
    assertThat(lagged).isCloseTo(0, within(0.03));
  }

  @Test
  void givenSeveralPartsThenTheirOrderMatters() {
    assertThat(SplitMix64.combine(1, 2)).isNotEqualTo(SplitMix64.combine(2, 1));
    assertThat(SplitMix64.combine(1, 0)).isNotEqualTo(SplitMix64.combine(1));
  }

  @Test
  void givenTwoSeedsThenTheWayBetweenLeadsFromOneToTheOtherWithoutAShortCut() {
    int size = 64;
    int frames = 9;

    float[] way = Latents.between(5, 6, frames, size);

    float[] first = Latents.draw(5, 1, size);
    float[] last = Latents.draw(6, 1, size);
    assertThat(Arrays.copyOfRange(way, 0, size)).containsExactly(first);
    assertThat(Arrays.copyOfRange(way, (frames - 1) * size, frames * size)).containsExactly(last);
    double shorter = Math.min(norm(first), norm(last));
    double longer = Math.max(norm(first), norm(last));
    for (int frame = 1; frame < frames - 1; frame++) {
      float[] vector = Arrays.copyOfRange(way, frame * size, (frame + 1) * size);
      // A straight line would be at 0.71 times their length in its middle.
      assertThat(norm(vector)).isBetween(0.95 * shorter, 1.05 * longer);
    }
    assertThat(Latents.between(7, 7, 3, size)).startsWith(Latents.draw(7, 1, size));
    assertThat(Latents.between(1, 2, 3, 1)).hasSize(3).doesNotContain(Float.NaN);
  }

  @Test
  void givenImpossibleSizesThenTheyAreRefused() {
    assertThatThrownBy(() -> Latents.draw(0, -1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Latents.draw(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Latents.between(0, 1, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    return Math.sqrt(squares);
  }

  private static double mean(float[] numbers, int power) {
    double sum = 0;
    for (float number : numbers) {
      sum += Math.pow(number, power);
    }
    return sum / numbers.length;
  }
}
