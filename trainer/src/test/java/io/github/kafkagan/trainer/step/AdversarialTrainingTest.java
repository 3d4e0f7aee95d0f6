package io.github.kafkagan.trainer.step;

import static io.github.kafkagan.trainer.step.Trainings.CPU;
import static io.github.kafkagan.trainer.step.Trainings.SEED;
import static io.github.kafkagan.trainer.step.Trainings.batch;
import static io.github.kafkagan.trainer.step.Trainings.labels;
import static io.github.kafkagan.trainer.step.Trainings.render;
import static io.github.kafkagan.trainer.step.Trainings.small;
import static io.github.kafkagan.trainer.step.Trainings.tensors;
import static io.github.kafkagan.trainer.step.Trainings.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step does. */
@ExtendWith(OneThread.class)
class AdversarialTrainingTest {
  @Test
  void givenTheFirstTutorialsGanThenTheDiscriminatorLeadsWithin500Steps() {
    Preset preset = Preset.named("mlp-1024");
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      double lossDiscriminator = 0;
      double lossGenerator = 0;
      int counted = 0;
      for (int step = 1; step <= 500; step++) {
        assertThat(gradients(training)).isZero();
        StepResult result = training.step(batch(preset, step));
        if (step > 400) {
          lossDiscriminator += result.lossDiscriminator();
          lossGenerator += result.lossGenerator();
          counted++;
        }
      }
      assertThat(lossDiscriminator / counted).isLessThan(0.5);
      assertThat(lossGenerator / counted).isGreaterThan(2);
    }
  }

  /** The largest gradient that waits in the discriminator's weights for an update. */
  private static double gradients(AdversarialTraining training) {
    double largest = 0;
    for (NDArray weight : training.networks().discriminator().trained()) {
      try (NDArray gradient = weight.getGradient()) {
        largest = Math.max(largest, gradient.abs().max().getFloat());
      }
    }
    return largest;
  }

  @Test
  void givenAReferenceLargerThanTheFirstBatchThenItIsRefusedAndNothingChanges() {
    Preset preset = Preset.named("improved");
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      byte[] before = training.trainingState().encode();

      assertThatThrownBy(() -> training.step(DrawnDigits.batch(1, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the first batch has 5 images, but virtual batch normalisation refers to 64");
      assertThat(training.trainingState().encode()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void givenManyStepsThenNothingIsLeftBehind(String name) {
    Preset preset = small(name);
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, 1);
      render(training, preset);
      int arrays = training.manager().getManagedArrays().size();

      train(training, preset, 4);
      render(training, preset);
      training.trainingState();

      assertThat(training.manager().getManagedArrays()).hasSize(arrays);
    }
  }

  @Test
  void givenLastBatchOfAnotherSizeThenItIsTrained() {
    Preset preset = Preset.named("digits");
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      assertThat(training.step(DrawnDigits.batch(1, 5)).finite()).isTrue();
      assertThat(training.steps()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"32x32x1", "32x32x3"})
  void givenImagesOfAnotherShapeThenEachPresetTrainsOnThemAndItsGeneratorMakesThem(String shape) {
    for (String name : Preset.names()) {
      Preset preset = Preset.named(name).with(Map.of("image", shape, "batchSize", "4"));
      byte[] pixels = new byte[4 * preset.image().size()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i * 31);
      }
      int[] labels = preset.conditional() ? new int[] {0, 1, 2, 0} : new int[0];
      try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
        assertThat(training.step(new Batch(pixels, labels, 4)).finite()).as(name).isTrue();
        assertThat(render(training, preset)).hasSize(20 * preset.image().size());
      }
    }
  }

  @Test
  void givenSeveralDiscriminatorStepsThenTheGeneratorChangesOnlyInTheLast() {
    Preset preset = small("digits").with(Map.of("schedule.discriminatorSteps", "3"));
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      for (int step = 1; step <= 6; step++) {
        Map<String, Tensor> before = tensors(training);
        assertThat(training.step(batch(preset, step)).finite()).isTrue();
        Map<String, Tensor> after = tensors(training);

        assertThat(after.get("discriminator.0.weight"))
            .isNotEqualTo(before.get("discriminator.0.weight"));
        if (step % 3 == 0) {
          assertThat(after.get("generator.1.weight"))
              .isNotEqualTo(before.get("generator.1.weight"));
        } else {
          assertThat(after.get("generator.1.weight")).isEqualTo(before.get("generator.1.weight"));
          assertThat(after.get("average.1.weight")).isEqualTo(before.get("average.1.weight"));
        }
      }
    }
  }

  @Test
  void givenAWeightClipThenNoWeightOfTheDiscriminatorIsLarger() {
    Preset preset = small("mlp-128").with(Map.of("regularization.weightClip", "0.01"));
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      training.step(batch(preset, 1));

      for (NDArray weight : training.networks().discriminator().trained()) {
        assertThat(weight.abs().max().getFloat()).isLessThanOrEqualTo(0.01f);
      }
      assertThat(training.networks().generator().trained().get(0).abs().max().getFloat())
          .isGreaterThan(0.01f);
    }
  }

  @Test
  void givenAGradientPenaltyThenTheCriticsLossDoesNotFallWithoutBound() {
    Preset free =
        small("mlp-256")
            .with(
                Map.of(
                    "objective", "{\"type\": \"wasserstein\"}",
                    "discriminatorOptimizer.rate", "1e-3",
                    "schedule.discriminatorSteps", "1000"));
    Preset penalised = free.with(Map.of("regularization.gradientPenalty", "10"));

    // Reals and fakes are about d = 28 apart here; -sd + 10 (s - 1)² is never below -48.
    assertThat(lossAfter(penalised, 40)).isBetween(-60.0, 0.0);
    assertThat(lossAfter(free, 40)).isLessThan(-100);
  }

  @Test
  void givenFeatureMatchingThenTheGeneratorsLossIsTheDistanceOfMeanFeatures() {
    // One layer: the features are the pixels. No update of the generator comes before the first.
    Preset preset =
        small("mlp-128")
            .with(Map.of("featureMatching", "true", "architecture.discriminator", "[]"));
    Batch batch = batch(preset, 1);
    double loss;
    byte[] state;
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      state = training.trainingState().encode();
      loss = training.step(batch).lossGenerator();
    }

    try (AdversarialTraining training = AdversarialTraining.restore(preset, SEED, CPU, state)) {
      long drawSeed = SplitMix64.combine(SEED, 1, 'G');
      byte[] fakes = training.render(Latents.draw(drawSeed, 8, preset.latentSize()), new int[0]);
      double distance = 0;
      for (int pixel = 0; pixel < 784; pixel++) {
        double difference = 0;
        for (int i = 0; i < 8; i++) {
          int at = i * 784 + pixel;
          difference += ((batch.pixels()[at] & 0xff) - (fakes[at] & 0xff)) / 255.0 / 8;
        }
        distance += difference * difference;
      }
      assertThat(loss).isCloseTo(distance, withPercentage(0.5));
    }
  }

  private static double lossAfter(Preset preset, int steps) {
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, steps - 1);
      return training.step(batch(preset, steps)).lossDiscriminator();
    }
  }

  @Test
  void givenABatchThatDoesNotFitThenItIsRefusedAndNothingChanges() {
    Preset preset = Preset.named("digits");
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      byte[] before = training.trainingState().encode();

      assertThatThrownBy(() -> training.step(new Batch(new byte[20], new int[] {1, 2}, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("10 bytes are no image of 28x28x1");
      assertThatThrownBy(() -> training.step(new Batch(new byte[784], new int[0], 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("come without labels");
      assertThatThrownBy(() -> training.step(new Batch(new byte[784], new int[] {10}, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a label must be 0 to 9, was 10");

      assertThat(training.trainingState().encode()).isEqualTo(before);
    }
  }
}
