package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Latents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
  private final NDManager manager = Backend.newManager(Device.cpu());

  @BeforeEach
  void capMemory() {
    Backend.useGradients(false);
    manager.cap();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givenIdenticalSetsThenTheDistanceIsZero() {
    float[] samples = Latents.draw(1, 500, 64);

    assertThat(between(samples, samples.clone(), 64)).isCloseTo(0, within(1e-9));
  }

  @Test
  void givenEqualCovariancesThenTheDistanceIsThatOfTheMeansSquared() {
    float[] samples = Latents.draw(1, 300, 4);
    float[] shift = {1, -2, 0, 3};
    float[] moved = samples.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += shift[i % 4];
    }

    assertThat(between(samples, moved, 4)).isCloseTo(1 + 4 + 9, within(1e-5));
  }

  @Test
  void givenOneFeatureThenTheDistanceIsThatOfMeansAndDeviations() {
    // Means 2 and 5, unbiased variances 2 and 18.
    float[] a = {1, 3};
    float[] b = {2, 8};

    assertThat(between(a, b, 1))
        .isCloseTo(9 + Math.pow(Math.sqrt(2) - Math.sqrt(18), 2), within(1e-12));
  }

  @Test
  void givenCovariancesThatDoNotCommuteThenTheDistanceIsTheClosedFormOfTwoDimensions() {
    // Zero mean; covariance 2/3 A Aᵀ of the columns of A, see cross().
    double[][] a = {{2, 1}, {0, 1}};
    double[][] b = {{1, 0}, {-3, 2}};
    double[][] first = covariance(a);
    double[][] second = covariance(b);
    // The root of a 2 × 2 matrix M has the trace √(tr M + 2√det M).
    double product =
        first[0][0] * second[0][0] + 2 * first[0][1] * second[0][1] + first[1][1] * second[1][1];
    double overlap = Math.sqrt(product + 2 * Math.sqrt(determinant(first) * determinant(second)));

    assertThat(between(cross(a), cross(b), 2))
        .isCloseTo(
            first[0][0] + first[1][1] + second[0][0] + second[1][1] - 2 * overlap, within(1e-9));
  }

  @Test
  void givenSingularCovariancesThenTheDistanceIsExactStill() {
    float[] spread = {0, 0, 2, 2, 4, 4};
    float[] still = {1, 1, 1, 1};

    // Variances 4 and 4; means apart by 1 and 1.
    assertThat(between(spread, still, 2)).isCloseTo(2 + 8, within(1e-6));
    float[] few = Latents.draw(3, 5, 64);
    assertThat(between(few, few.clone(), 64)).isCloseTo(0, within(1e-5));
  }

  @Test
  void givenOneSetTheDistanceToAnotherIsTheDistanceBack() {
    float[] a = Latents.draw(1, 90, 8);
    float[] b = Latents.draw(2, 110, 8);
    for (int i = 0; i < b.length; i++) {
      b[i] *= 1 + i % 8;
    }

    assertThat(between(a, b, 8)).isCloseTo(between(b, a, 8), withinPercentage(1e-7)).isPositive();
  }

  /** Both ends of each column's line through zero: four samples. */
  private static float[] cross(double[][] columns) {
    float[] samples = new float[8];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        samples[4 * i + j] = (float) columns[j][i];
        samples[4 * i + 2 + j] = (float) -columns[j][i];
      }
    }
    return samples;
  }

  private static double[][] covariance(double[][] columns) {
    double[][] covariance = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        covariance[i][j] = 2 * (columns[i][0] * columns[j][0] + columns[i][1] * columns[j][1]) / 3;
      }
    }
    return covariance;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * m[1][1] - m[0][1] * m[1][0];
  }

  private double between(float[] a, float[] b, int size) {
    return FrechetDistance.between(manager, a, b, size);
  }
}
