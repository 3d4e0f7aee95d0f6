package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InceptionScoreTest {
  @Test
  void givenSureAndEvenClassesThenTheScoreIsTheirNumber() {
    assertThat(InceptionScore.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3))
        .isCloseTo(3, within(1e-6));
  }

  @Test
  void givenImagesOfOneClassOrOfNoneThenTheScoreIsOne() {
    assertThat(InceptionScore.of(new float[] {1, 0, 1, 0, 1, 0}, 2)).isCloseTo(1, within(1e-6));
    assertThat(InceptionScore.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 2))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void givenUnsureClassesThenTheScoreIsTheFormula() {
    // p(y) is [0.45, 0.55].
    double first = 0.75 * Math.log(0.75 / 0.45) + 0.25 * Math.log(0.25 / 0.55);
    double second = 0.15 * Math.log(0.15 / 0.45) + 0.85 * Math.log(0.85 / 0.55);

    assertThat(InceptionScore.of(new float[] {0.75f, 0.25f, 0.15f, 0.85f}, 2))
        .isCloseTo(Math.exp((first + second) / 2), within(1e-6));
  }
}
