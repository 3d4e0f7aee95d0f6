package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscriminatorAccuracyTest {
  @Test
  void givenLogitsThenThoseOnTheRightSideOfTheBoundaryCount() {
    DiscriminatorAccuracy accuracy = new DiscriminatorAccuracy(0.5);
    accuracy.addReal(new float[] {0.6f, 0.4f});
    accuracy.addReal(new float[] {1, 2});
    accuracy.addFake(new float[] {0.4f, 0.6f});

    assertThat(accuracy.value()).isEqualTo((0.75 + 0.5) / 2);
  }

  @Test
  void givenADiscriminatorThatCannotTellThenItsAccuracyIsAHalf() {
    DiscriminatorAccuracy accuracy = new DiscriminatorAccuracy(0);
    accuracy.addReal(new float[] {1});
    accuracy.addFake(new float[] {1, 1, 1, 1});

    assertThat(accuracy.value()).isEqualTo(0.5);
  }
}
