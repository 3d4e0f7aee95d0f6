package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
  private static final int SIZE = 6;

  /** More than one block of either. */
  private static final int IMAGES = 1_100;

  private static final int OTHERS = 1_300;

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
  void givenImagesAndOthersThenTheMeanIsThatOfTheNearest() {
    byte[] images = noise(1, IMAGES);
    byte[] others = noise(2, OTHERS);

    assertThat(mean(NearestImages.among(manager, images, others, SIZE)))
        .isCloseTo(expected(images, others, false), within(1e-12));
  }

  @Test
  void givenOneSetThenNoImageIsItsOwnNearest() {
    byte[] images = noise(1, IMAGES);

    assertThat(mean(NearestImages.within(manager, images, SIZE)))
        .isCloseTo(expected(images, images, true), within(1e-12))
        .isPositive();
  }

  @Test
  void givenCopiesThenTheirDistanceIsZero() {
    byte[] others = noise(2, OTHERS);

    byte[] copies = Arrays.copyOfRange(others, 20 * SIZE, 90 * SIZE);

    assertThat(mean(NearestImages.among(manager, copies, others, SIZE))).isZero();
  }

  @Test
  void givenBlackAndWhiteThenTheirDistanceIsTheRootOfTheSize() {
    byte[] white = new byte[3 * SIZE];
    Arrays.fill(white, (byte) 255);

    assertThat(mean(NearestImages.among(manager, white, new byte[2 * SIZE], SIZE)))
        .isCloseTo(Math.sqrt(SIZE), within(1e-12));
  }

  @Test
  void givenASetThatLeavesOneImageForTheLastBlockThenThatIsComparedWithTheOthers() {
    byte[] images = noise(1, 1_025);

    assertThat(mean(NearestImages.within(manager, images, SIZE)))
        .isCloseTo(expected(images, images, true), within(1e-12));
  }

  private static double mean(NearestImages images) {
    images.slices().forEach(Runnable::run);
    return images.mean();
  }

  private static byte[] noise(long seed, int count) {
    SplitMix64 random = new SplitMix64(seed);
    byte[] pixels = new byte[count * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    return pixels;
  }

  private static double expected(byte[] images, byte[] others, boolean same) {
    double sum = 0;
    for (int i = 0; i < images.length; i += SIZE) {
      double nearest = Double.MAX_VALUE;
      for (int j = 0; j < others.length; j += SIZE) {
        double squares = 0;
        for (int k = 0; k < SIZE; k++) {
          double difference = ((images[i + k] & 0xff) - (others[j + k] & 0xff)) / 255.0;
          squares += difference * difference;
        }
        nearest = same && i == j ? nearest : Math.min(nearest, Math.sqrt(squares));
      }
      sum += nearest;
    }
    return sum * SIZE / images.length;
  }
}
