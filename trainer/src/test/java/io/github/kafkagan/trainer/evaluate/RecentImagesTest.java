package io.github.kafkagan.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.gan.quality.Real;
import io.github.kafkagan.trainer.step.Batch;
import org.junit.jupiter.api.Test;

class RecentImagesTest {
  private final RecentImages images = new RecentImages(10, 2);

  @Test
  void theOldestGiveWay() {
    for (int first = 0; first < 24; first += 4) {
      images.add(batch(first, true));
    }

    assertThat(images.count()).isEqualTo(10);
    Real newest = images.newest(7);
    assertThat(newest.labels()).containsExactly(17, 18, 19, 20, 21, 22, 23);
    assertThat(newest.pixels())
        .containsExactly(17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 23);
  }

  @Test
  void oneImageWithoutLabelLeavesNone() {
    images.add(batch(0, false));
    images.add(batch(4, true));
    images.add(batch(8, true));

    assertThat(images.labelled(8)).isTrue();
    assertThat(images.labelled(9)).isFalse();
    assertThat(images.newest(9).labels()).isEmpty();
  }

  @Test
  void aLabelThatNoClassifierHasAnOutputForIsNone() {
    images.add(new Batch(new byte[4], new int[] {3, ClassifierTraining.MOST_CLASSES}, 2));

    assertThat(images.labelled(1)).isFalse();
  }

  /** Four images of their numbers. */
  private static Batch batch(int first, boolean labelled) {
    byte[] pixels = new byte[8];
    int[] labels = new int[labelled ? 4 : 0];
    for (int i = 0; i < 4; i++) {
      pixels[2 * i] = (byte) (first + i);
      pixels[2 * i + 1] = (byte) (first + i);
      if (labelled) {
        labels[i] = first + i;
      }
    }
    return new Batch(pixels, labels, 4);
  }
}
