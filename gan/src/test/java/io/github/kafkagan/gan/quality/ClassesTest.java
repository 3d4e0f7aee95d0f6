package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassesTest {
  @Test
  void givenRowsThenTheLargestOfEachIsFoundAndTheFirstOfEquals() {
    assertThat(Classes.largest(new float[] {1, 3, 2, 5, 4, 5, -2, -3, -1}, 3))
        .containsExactly(1, 0, 2);
  }

  @Test
  void givenPredictionsThenSharesAreThoseOfAllImages() {
    assertThat(Classes.shares(new int[] {2, 0, 2, 2}, 4)).containsExactly(0.25, 0.0, 0.75, 0.0);
  }

  @Test
  void givenATenthOfAnEqualShareThenAClassCounts() {
    assertThat(Classes.present(List.of(0.7, 0.2, 0.075, 0.025))).isEqualTo(4);
    assertThat(Classes.present(List.of(0.7, 0.2, 0.076, 0.024))).isEqualTo(3);
    assertThat(Classes.present(List.of(1.0, 0.0))).isEqualTo(1);
  }

  @Test
  void givenLabelsThenAccuracyIsTheShareOfEquals() {
    assertThat(Classes.accuracy(new int[] {1, 2, 3, 4}, new int[] {1, 2, 4, 3})).isEqualTo(0.5);
  }
}
