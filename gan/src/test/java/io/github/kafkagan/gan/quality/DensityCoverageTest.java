package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Latents;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DensityCoverageTest {
  private static final int SIZE = 3;
  private static final int NEIGHBOURS = 5;

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
  void givenIdenticalSetsThenDensityAndCoverageAreOne() {
    float[] real = Latents.draw(1, 150, SIZE);

    DensityCoverage found = measure(real, real);

    assertThat(found.density()).isEqualTo(1);
    assertThat(found.coverage()).isEqualTo(1);
  }

  @Test
  void givenAnySetsThenDensityAndCoverageAreTheFormulas() {
    float[] real = Latents.draw(1, 150, SIZE);
    float[] fake = Latents.draw(2, 70, SIZE);
    double density = 0;
    double coverage = 0;
    for (int i = 0; i < 150; i++) {
      double[] others = new double[149];
      for (int j = 0; j < 149; j++) {
        others[j] = distance(real, i, real, j < i ? j : j + 1);
      }
      Arrays.sort(others);
      boolean covered = false;
      for (int j = 0; j < 70; j++) {
        if (distance(fake, j, real, i) < others[NEIGHBOURS - 1]) {
          density += 1.0 / (NEIGHBOURS * 70);
          covered = true;
        }
      }
      coverage += covered ? 1.0 / 150 : 0;
    }

    DensityCoverage found = measure(real, fake);

    assertThat(found.density()).isCloseTo(density, within(1e-12)).isNotEqualTo(1);
    assertThat(found.coverage()).isCloseTo(coverage, within(1e-12)).isBetween(0.1, 0.9);
  }

  @Test
  void givenCollapsedImagesAmongRealOnesThenCoverageDropsAndDensityDoesNot() {
    float[] real = Latents.draw(1, 150, SIZE);
    float[] fake = new float[70 * SIZE];

    DensityCoverage found = measure(real, fake);

    assertThat(found.coverage()).isLessThan(0.1);
    assertThat(found.density()).isGreaterThan(0.5);
  }

  @Test
  void givenImagesFarFromRealOnesThenDensityAndCoverageAreZero() {
    float[] fake = new float[70 * SIZE];
    Arrays.fill(fake, 100);

    DensityCoverage found = measure(Latents.draw(1, 150, SIZE), fake);

    assertThat(found.density()).isZero();
    assertThat(found.coverage()).isZero();
  }

  private DensityCoverage measure(float[] real, float[] fake) {
    DensityCoverage figures = new DensityCoverage(manager, features(real), features(fake));
    figures.slices().forEach(Runnable::run);
    return figures;
  }

  private static Features features(float[] values) {
    int count = values.length / SIZE;
    return new Features(count, values, new float[count]);
  }

  private static double distance(float[] a, int i, float[] b, int j) {
    double sum = 0;
    for (int k = 0; k < SIZE; k++) {
      double difference = (double) a[i * SIZE + k] - b[j * SIZE + k];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
