package io.github.kafkagan.gan.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class AdamTest {
  private static final double RATE = 1e-3;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 0.5;

  @Test
  void givenKerassEpsilonThenTheUpdateIsKerass() {
    Adam adam = new Adam(RATE, BETA1, BETA2, EPSILON, Adam.Denominator.UNCORRECTED);
    double mean = 0.3;
    double variance = 0.7;
    for (int update = 1; update < 5; update++) {
      double correction1 = 1 - Math.pow(BETA1, update);
      double correction2 = 1 - Math.pow(BETA2, update);
      double keras =
          RATE * Math.sqrt(correction2) / correction1 * mean / (Math.sqrt(variance) + EPSILON);

      double ours =
          RATE
              * (mean / correction1)
              / (Math.sqrt(variance / correction2) + adam.epsilonAt(update));

      assertThat(ours).isCloseTo(keras, withPercentage(1e-9));
    }
  }

  @Test
  void givenThePapersEpsilonThenItIsAlwaysTheSame() {
    Adam adam = new Adam(RATE, BETA1, BETA2, EPSILON, Adam.Denominator.CORRECTED);

    assertThat(adam.epsilonAt(1)).isEqualTo(EPSILON);
    assertThat(adam.epsilonAt(1000)).isEqualTo(EPSILON);
  }

  @Test
  void givenImpossibleSettingsThenTheyAreRefused() {
    assertThatThrownBy(() -> new Adam(0, BETA1, BETA2, EPSILON, Adam.Denominator.CORRECTED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RmsProp(RATE, 1, EPSILON))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
