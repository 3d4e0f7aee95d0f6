package io.github.kafkagan.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.quality.Classifier;
import io.github.kafkagan.trainer.step.Batch;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClassifierTrainingTest {
  private static final ImageShape IMAGE = new ImageShape(8, 8, 1);
  private static final int BATCHES = 4;

  @Test
  void learnsFromSoManyBatchesAndIsThenToBeSavedOnce() {
    try (ClassifierTraining training = fresh(2)) {
      see(training, BATCHES - 1, 0, 1);
      assertThat(training.trained()).isNull();
      assertThat(training.takeNew()).isNull();

      see(training, 3, 0, 1);

      assertThat(steps(training)).isEqualTo(BATCHES);
      assertThat(Objects.requireNonNull(training.takeNew()).spec().learnt()).containsExactly(0, 1);
      assertThat(training.takeNew()).isNull();
    }
  }

  @Test
  void aClassThatAppearsLaterIsLearntToo() {
    try (ClassifierTraining training = fresh(3)) {
      see(training, BATCHES, 0, 1);
      training.takeNew();

      see(training, 1, 2, 1);
      assertThat(training.trained()).isNull();
      see(training, 5, 2, 1);

      assertThat(steps(training)).isEqualTo(BATCHES + BATCHES / 2);
      assertThat(Objects.requireNonNull(training.takeNew()).spec().learnt())
          .containsExactly(0, 1, 2);
    }
  }

  @Test
  void aLabelWithoutOutputBeginsAnewWithMoreOutputs() {
    try (ClassifierTraining training = fresh(2)) {
      see(training, BATCHES, 0, 1);

      see(training, BATCHES, 6, 1);

      assertThat(steps(training)).isEqualTo(BATCHES);
      assertThat(Objects.requireNonNull(training.trained()).classes()).isEqualTo(7);
    }
  }

  @Test
  void batchesWithoutLabelsOrWithAbsurdOnesTeachNothing() {
    try (ClassifierTraining training = fresh(2)) {
      see(training, BATCHES);
      see(training, BATCHES, 0, ClassifierTraining.MOST_CLASSES);

      assertThat(training.trained()).isNull();
    }
  }

  @Test
  void whatAnEarlierRunLearntNeedsNoMoreBatches() {
    TrainedClassifier saved;
    try (ClassifierTraining training = fresh(2)) {
      see(training, BATCHES, 0, 1);
      saved = Objects.requireNonNull(training.takeNew());
    }

    try (ClassifierTraining again =
        ClassifierTraining.restore(saved, IMAGE, BATCHES, Device.cpu())) {
      assertThat(steps(again)).isEqualTo(BATCHES);
      assertThat(again.takeNew()).isNull();
      see(again, 1, 0, 1);
      assertThat(steps(again)).isEqualTo(BATCHES);
    }
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(
            () ->
                ClassifierTraining.restore(saved, new ImageShape(9, 8, 1), BATCHES, Device.cpu()));
  }

  private static ClassifierTraining fresh(int classes) {
    return ClassifierTraining.fresh(IMAGE, classes, BATCHES, Device.cpu());
  }

  private static long steps(ClassifierTraining training) {
    Classifier classifier = Objects.requireNonNull(training.trained());
    return classifier.steps();
  }

  /** Batches of two images; of the labels, none or two. */
  private static void see(ClassifierTraining training, int batches, int... labels) {
    for (int i = 0; i < batches; i++) {
      training.see(new Batch(new byte[2 * IMAGE.size()], labels, 2));
    }
  }
}
