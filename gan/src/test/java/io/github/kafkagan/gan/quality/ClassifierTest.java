package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.ImageShape;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
  private static final Device CPU = Device.cpu();
  private static final ImageShape SHAPE = DrawnDigits.SHAPE;
  private static final int CLASSES = DrawnDigits.CLASSES;
  private static final long SEED = 7;
  private static final int BATCH = 40;

  @BeforeEach
  void useOneThread() {
    Backend.useThreads(1);
  }

  @Test
  void givenLabelledImagesThenOthersLikeThemAreRecognised() {
    try (Classifier classifier = Classifier.fresh(SHAPE, CLASSES, SEED, CPU)) {
      double first = train(classifier, 0, 1);
      double later = train(classifier, 1, 300);

      DrawnDigits unseen = DrawnDigits.all(-1, 200);
      Features features = classifier.judge(unseen.pixels(), 200);

      assertThat(first).isLessThan(0.5);
      assertThat(later).isGreaterThan(0.9);
      assertThat(Classes.accuracy(features.predictions(), unseen.labels())).isGreaterThan(0.9);
    }
  }

  @Test
  void givenABatchThenItsAccuracyIsThatBeforeLearningFromIt() {
    DrawnDigits digits = DrawnDigits.all(1, BATCH);
    try (Classifier classifier = Classifier.fresh(SHAPE, CLASSES, SEED, CPU)) {
      for (int step = 0; step < 20; step++) {
        double before =
            Classes.accuracy(
                classifier.judge(digits.pixels(), BATCH).predictions(), digits.labels());

        assertThat(classifier.train(digits.pixels(), digits.labels(), BATCH)).isEqualTo(before);
      }
    }
  }

  @Test
  void givenASnapshotThenTheRestoredOneGoesOnToTheLastBit() {
    try (Classifier classifier = Classifier.fresh(SHAPE, CLASSES, SEED, CPU)) {
      train(classifier, 0, 5);
      byte[] half = classifier.snapshot().encode();
      train(classifier, 5, 10);

      try (Classifier restored = Classifier.restore(Snapshot.decode(half), SHAPE, CLASSES, CPU)) {
        assertThat(restored.steps()).isEqualTo(5);
        assertThat(restored.snapshot().encode()).isEqualTo(half);
        train(restored, 5, 10);
        assertThat(restored.snapshot().encode()).isEqualTo(classifier.snapshot().encode());
      }
    }
  }

  @Test
  void givenStepsBehindASnapshotThenTheyDecideHowItGoesOn() {
    Snapshot snapshot = untrained();
    Map<String, String> later = new TreeMap<>(snapshot.metadata());
    later.put("steps", "1000");

    assertThat(trained(new Snapshot(snapshot.tensors(), later)).tensors())
        .isNotEqualTo(trained(snapshot).tensors());
  }

  private static Snapshot trained(Snapshot snapshot) {
    try (Classifier classifier = Classifier.restore(snapshot, SHAPE, CLASSES, CPU)) {
      train(classifier, 0, 1);
      return classifier.snapshot();
    }
  }

  @Test
  void givenASnapshotForOtherImagesOrClassesThenItIsRefused() {
    Snapshot snapshot = untrained();

    assertThatThrownBy(() -> Classifier.restore(snapshot, new ImageShape(21, 16, 1), CLASSES, CPU))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("the classifier's image is \"20x16x1\", not \"21x16x1\"");
    assertThatThrownBy(() -> Classifier.restore(snapshot, SHAPE, 11, CPU))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("the classifier's classes is \"10\", not \"11\"");
  }

  @Test
  void givenASnapshotThatIsNotAClassifiersThenItIsRefused() {
    Snapshot snapshot = untrained();
    Map<String, Tensor> more = new TreeMap<>(snapshot.tensors());
    more.put("classifier.99.weight", new Tensor(new long[] {1}, new float[] {0}));
    Map<String, Tensor> fewer = new TreeMap<>(snapshot.tensors());
    fewer.remove("classifier-optimizer.mean.0.weight");
    Map<String, String> metadata = new TreeMap<>(snapshot.metadata());
    metadata.put("steps", "-1");

    assertRefused(
        new Snapshot(more, snapshot.metadata()),
        "the classifier has no place for tensor classifier.99.weight");
    assertRefused(
        new Snapshot(fewer, snapshot.metadata()),
        "there is no tensor classifier-optimizer.mean.0.weight");
    assertRefused(new Snapshot(snapshot.tensors(), metadata), "the classifier has \"-1\" steps");
  }

  private static void assertRefused(Snapshot snapshot, String message) {
    assertThatThrownBy(() -> Classifier.restore(snapshot, SHAPE, CLASSES, CPU))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(message);
  }

  @Test
  void givenImpossibleBatchesThenTheyAreRefusedAndNothingHasChanged() {
    try (Classifier classifier = Classifier.fresh(SHAPE, CLASSES, SEED, CPU)) {
      byte[] image = new byte[SHAPE.size()];

      assertThatThrownBy(() -> classifier.train(image, new int[] {10}, 1))
          .hasMessage("a label must be 0 to 9, was 10");
      assertThatThrownBy(() -> classifier.train(image, new int[] {1, 2}, 1))
          .hasMessage("2 labels for 1 images");
      assertThatThrownBy(() -> classifier.train(image, new int[] {1, 2}, 2))
          .hasMessage("320 bytes are not 2 images of 20x16x1");
      assertThatThrownBy(() -> classifier.judge(new byte[0], 0))
          .hasMessage("0 bytes are not 0 images of 20x16x1");

      assertThat(classifier.snapshot()).isEqualTo(untrained());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8x8x1", "28x28x1", "32x32x3", "9x70x3"})
  void givenAnyImageShapeThenThereAreFeaturesAndProbabilities(String text) {
    ImageShape shape = ImageShape.parse(text);
    try (Classifier classifier = Classifier.fresh(shape, 3, SEED, CPU)) {
      byte[] pixels = new byte[2 * shape.size()];
      classifier.train(pixels, new int[] {0, 2}, 2);

      Features features = classifier.judge(pixels, 2);

      assertThat(features.size()).isEqualTo(64);
      assertThat(features.classes()).isEqualTo(3);
      float[] p = features.probabilities();
      assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6f));
      assertThat(p[3] + p[4] + p[5]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void givenNoSuchClassifierThenTheReasonIsSaid() {
    assertThatThrownBy(() -> Classifier.fresh(new ImageShape(7, 28, 1), 10, SEED, CPU))
        .hasMessage("a classifier needs images with sides of at least 8, not 7x28x1");
    assertThatThrownBy(() -> Classifier.fresh(SHAPE, 1, SEED, CPU))
        .hasMessage("a classifier needs 2 classes or more, not 1");
  }

  private static Snapshot untrained() {
    try (Classifier classifier = Classifier.fresh(SHAPE, CLASSES, SEED, CPU)) {
      return classifier.snapshot();
    }
  }

  /** Trains the steps from {@code first} to before {@code end}; gives the last one's accuracy. */
  private static double train(Classifier classifier, int first, int end) {
    double accuracy = 0;
    for (int step = first; step < end; step++) {
      DrawnDigits digits = DrawnDigits.all(step, BATCH);
      accuracy = classifier.train(digits.pixels(), digits.labels(), BATCH);
    }
    return accuracy;
  }
}
