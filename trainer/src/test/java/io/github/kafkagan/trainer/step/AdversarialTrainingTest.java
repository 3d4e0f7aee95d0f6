package io.github.kafkagan.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdversarialTrainingTest {
  private static final Device CPU = Device.cpu();
  private static final long SEED = 1;

  private final int threads = Backend.threads();

  /** One: for the same bits in every run, and not to wait for each other on busy machines. */
  @BeforeEach
  void useOneThread() {
    Backend.useThreads(1);
  }

  @AfterEach
  void restoreThreads() {
    Backend.useThreads(threads);
  }

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

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void givenAnInterruptionThenTheStateIsThatOfARunWithoutOne(String name) {
    assertResumesExactly(small(name));
  }

  @ParameterizedTest
  @CsvSource({
    "mlp-128, featureMatching=true",
    "mlp-256, objective.smoothing=0.1",
    "digits, architecture.minibatch.kernels=10",
    "mlp-128, architecture.minibatch.kernels=10",
    "digits, architecture.normalization=virtual",
    "digits, architecture.generatorNormalization=virtual",
    "cgan, architecture.generatorNormalization=virtual",
    "mlp-1024, architecture.normalization=virtual",
    "wgan-gp, architecture.normalization=virtual",
  })
  void givenOneTechniqueMoreThenAnInterruptedRunResumesAsExactly(String name, String change) {
    String[] keyAndValue = change.split("=", -1);

    assertResumesExactly(small(name).with(Map.of(keyAndValue[0], keyAndValue[1])));
  }

  /** Interrupted before the first step, and after three: in the midst of a critic's five. */
  private static void assertResumesExactly(Preset preset) {
    byte[] uninterrupted;
    byte[] images;
    byte[] fresh;
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      fresh = training.trainingState().encode();
      train(training, preset, 8);
      uninterrupted = training.trainingState().encode();
      images = render(training, preset);
    }

    byte[] some;
    try (AdversarialTraining training = AdversarialTraining.restore(preset, SEED, CPU, fresh)) {
      train(training, preset, 3);
      some = training.trainingState().encode();
    }
    try (AdversarialTraining training = AdversarialTraining.restore(preset, SEED, CPU, some)) {
      assertThat(training.steps()).isEqualTo(3);
      assertThat(training.trainingState().encode()).isEqualTo(some);
      train(training, preset, 8);

      assertThat(training.trainingState().encode()).isEqualTo(uninterrupted);
      assertThat(render(training, preset)).isEqualTo(images);
    }
  }

  @Test
  void givenVirtualNormalisationThenItsReferencesStayThroughoutTheRun() {
    Preset preset = small("improved");
    byte[] state;
    Map<String, Tensor> first;
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      training.step(batch(preset, 1));
      first = trained(training);
      state = training.trainingState().encode();
    }

    // Another seed: other noise, but the same references, as a rollback needs.
    try (AdversarialTraining later = AdversarialTraining.restore(preset, SEED + 1, CPU, state)) {
      later.step(batch(preset, 2));

      Map<String, Tensor> second = trained(later);
      for (String name :
          List.of("generator-reference.samples", "discriminator-reference.samples")) {
        assertThat(second.get(name)).isNotNull().isEqualTo(first.get(name));
      }
      float[] pixels =
          Tensor.required(first, "discriminator-reference.samples", 8, 1, 28, 28).values();
      assertThat(pixels[400])
          .isCloseTo((batch(preset, 1).pixels()[400] & 0xff) / 127.5f - 1, within(1e-6f));
    }
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

  @Test
  void givenAnotherSeedThenOtherNoise() {
    Preset preset = Preset.named("digits");
    byte[] state;
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      state = training.trainingState().encode();
    }
    try (AdversarialTraining same = AdversarialTraining.restore(preset, SEED, CPU, state);
        AdversarialTraining other = AdversarialTraining.restore(preset, SEED + 1, CPU, state)) {
      assertThat(other.step(batch(preset, 1)).scoreFake())
          .isNotEqualTo(same.step(batch(preset, 1)).scoreFake());
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void givenAServingSnapshotThenAGeneratorMakesWhatTrainingRenders(String name) {
    Preset preset = small(name);
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, 2);
      Snapshot snapshot = training.servingSnapshot();

      assertThat(snapshot.metadata()).containsEntry("steps", "2");
      try (Generator generator = Generator.load(training.generatorSpec(), snapshot.encode(), CPU)) {
        assertThat(generator.generate(latents(preset), labels(preset)))
            .isEqualTo(render(training, preset));
      }
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
        Map<String, Tensor> before = trained(training);
        assertThat(training.step(batch(preset, step)).finite()).isTrue();
        Map<String, Tensor> after = trained(training);

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

  private static Map<String, Tensor> trained(AdversarialTraining training) {
    return training.trainingState().tensors();
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

  @Test
  void givenDivergenceThenItShowsAndNoStateIsEncoded() {
    Preset preset = Preset.named("mlp-1024").with(Map.of("discriminatorOptimizer.rate", "1e38"));
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      training.step(batch(preset, 1));
      StepResult result = training.step(batch(preset, 2));

      assertThat(result.finite()).isFalse();
      assertThat(training.trainingState().finite()).isFalse();
      assertThatThrownBy(() -> training.trainingState().encode())
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("not finite");
    }
  }

  @Test
  void givenAStateOfAnotherPresetThenItIsRefused() {
    byte[] state;
    try (AdversarialTraining training =
        AdversarialTraining.fresh(Preset.named("digits"), SEED, CPU)) {
      state = training.trainingState().encode();
    }

    assertThatThrownBy(
            () -> AdversarialTraining.restore(Preset.named("mlp-1024"), SEED, CPU, state))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("tensor generator.0.weight has the shape [10, 32] instead of [256, 100]");

    Snapshot snapshot = Snapshot.decode(state);
    Map<String, Tensor> tensors = new TreeMap<>(snapshot.tensors());
    tensors.put("surplus", new Tensor(new long[] {1}, new float[] {1}));
    assertThatThrownBy(
            () ->
                AdversarialTraining.restore(
                    Preset.named("digits"),
                    SEED,
                    CPU,
                    new Snapshot(tensors, snapshot.metadata()).encode()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("the preset has no place for tensor surplus");
    assertThatThrownBy(
            () ->
                AdversarialTraining.restore(
                    Preset.named("digits"),
                    SEED,
                    CPU,
                    new Snapshot(snapshot.tensors(), Map.of()).encode()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("the state has \"\" steps");
  }

  private static void train(AdversarialTraining training, Preset preset, long until) {
    while (training.steps() < until) {
      assertThat(training.step(batch(preset, training.steps())).finite()).isTrue();
    }
  }

  private static Preset small(String name) {
    return Preset.named(name).with(Map.of("batchSize", "8"));
  }

  private static Batch batch(Preset preset, long position) {
    Batch labelled = DrawnDigits.batch(position, preset.batchSize());
    return preset.conditional()
        ? labelled
        : new Batch(labelled.pixels(), new int[0], labelled.size());
  }

  private static byte[] render(AdversarialTraining training, Preset preset) {
    return training.render(latents(preset), labels(preset));
  }

  private static float[] latents(Preset preset) {
    return Latents.draw(SEED, 20, preset.latentSize());
  }

  private static int[] labels(Preset preset) {
    return preset.conditional()
        ? IntStream.range(0, 20).map(i -> i % preset.classes()).toArray()
        : new int[0];
  }
}
