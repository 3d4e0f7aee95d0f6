package io.github.kafkagan.trainer.step;

import static io.github.kafkagan.trainer.step.Trainings.CPU;
import static io.github.kafkagan.trainer.step.Trainings.SEED;
import static io.github.kafkagan.trainer.step.Trainings.batch;
import static io.github.kafkagan.trainer.step.Trainings.labels;
import static io.github.kafkagan.trainer.step.Trainings.latents;
import static io.github.kafkagan.trainer.step.Trainings.render;
import static io.github.kafkagan.trainer.step.Trainings.small;
import static io.github.kafkagan.trainer.step.Trainings.tensors;
import static io.github.kafkagan.trainer.step.Trainings.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Scorer;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.preset.Preset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training leaves, and what goes on from it. */
@ExtendWith(OneThread.class)
class TrainingStateTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"digits", "mlp-1024", "dcgan", "wgan-gp"})
  void givenADiscriminatorsSnapshotThenItJudgesImagesAsTrainingDoesOneByOne(String name) {
    Preset preset = small(name);
    DiscriminatorSpec spec = preset.discriminatorSpec().orElseThrow();
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, 4);
      Batch batch = batch(preset, 40);
      float[] wanted = training.logits(batch.pixels(), batch.labels());

      byte[] weights = training.discriminatorSnapshot().encode();
      try (Scorer scorer = Scorer.load(spec, weights, CPU)) {
        float[] logits = scorer.logits(batch.pixels(), batch.labels());
        assertThat(logits).containsExactly(wanted, within(1e-4f));
        byte[] first = Arrays.copyOf(batch.pixels(), preset.image().size());
        int[] label = Arrays.copyOf(batch.labels(), preset.conditional() ? 1 : 0);
        assertThat(scorer.logits(first, label)).containsExactly(logits[0]);
      }
    }
    assertThat(Preset.named("improved").discriminatorSpec()).isEmpty();
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
      first = tensors(training);
      state = training.trainingState().encode();
    }

    // Another seed: other noise, but the same references, as a rollback needs.
    try (AdversarialTraining later = AdversarialTraining.restore(preset, SEED + 1, CPU, state)) {
      later.step(batch(preset, 2));

      Map<String, Tensor> second = tensors(later);
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

  @Test
  void givenARunThatWentOnWithOtherNoiseThenItResumesWithThat() {
    Preset preset = small("digits");
    byte[] state;
    byte[] uninterrupted;
    try (AdversarialTraining first = AdversarialTraining.fresh(preset, SEED, CPU)) {
      state = first.trainingState().encode();
    }
    try (AdversarialTraining other = AdversarialTraining.restore(preset, SEED + 1, CPU, state)) {
      state = other.trainingState().encode();
      train(other, preset, 2);
      uninterrupted = other.trainingState().encode();
    }

    try (AdversarialTraining resumed = AdversarialTraining.resume(preset, CPU, state)) {
      assertThat(resumed.noiseSeed()).isEqualTo(SEED + 1);
      train(resumed, preset, 2);
      assertThat(resumed.trainingState().encode()).isEqualTo(uninterrupted);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void givenACopyThenItStaysWhileTrainingGoesOn(String name) {
    Preset preset = small(name);
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, 5);
      byte[] images = render(training, preset);
      Batch seen = batch(preset, 9);
      float[] logits = training.logits(seen.pixels(), seen.labels());

      try (AdversarialTraining copy = training.copy(training.trainingState())) {
        train(training, preset, 10);

        assertThat(render(copy, preset)).isEqualTo(images);
        assertThat(copy.logits(seen.pixels(), seen.labels())).isEqualTo(logits);
        assertThat(training.logits(seen.pixels(), seen.labels())).isNotEqualTo(logits);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void givenImagesToJudgeOrToRenderThenNothingIsLearntFromIt(String name) {
    Preset preset = small(name);
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, CPU)) {
      train(training, preset, 1);
      byte[] before = training.trainingState().encode();

      Batch seen = batch(preset, 9);
      training.logits(seen.pixels(), seen.labels());
      render(training, preset);

      assertThat(training.trainingState().encode()).isEqualTo(before);
    }
  }
}
