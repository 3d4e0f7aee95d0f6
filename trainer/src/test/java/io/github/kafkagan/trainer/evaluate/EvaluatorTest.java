package io.github.kafkagan.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.Batch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final int BATCH = 16;
  private static final int MORE_THAN_AN_EVALUATION_TAKES = 1_000;

  private final Preset preset = Preset.named("mlp-128").with(Map.of("batchSize", "16"));
  private final AdversarialTraining training = AdversarialTraining.fresh(preset, 1, Device.cpu());
  private final Evaluator evaluator =
      Evaluator.open(
          new EvaluationSettings(Duration.ofNanos(1), BATCH, 2 * BATCH, 1, OnCollapse.WARN),
          preset,
          Device.cpu(),
          Optional.empty(),
          false,
          new QualityMetrics(new SimpleMeterRegistry()));
  private Progress progress = Progress.none();

  @AfterEach
  void close() {
    evaluator.close();
    training.close();
  }

  @Test
  void withoutImagesThereIsNothingToCompareWith() {
    assertThat(assessment()).isEmpty();
    assertThat(evaluator.evaluateAtEnd(training, progress)).isEmpty();
  }

  @Test
  void evaluatesOnceAfterAStepHoweverLongTheStreamIsIdle() {
    step();

    assertThat(assessment().orElseThrow().progress()).isEqualTo(progress);
    assertThat(assessment()).isEmpty();

    step();
    assertThat(assessment().orElseThrow().progress()).isEqualTo(progress);
  }

  @Test
  void isOfTheNetworksAsTheyWereWhenItBegan() {
    step();
    Progress begin = progress;
    byte[] generator = training.servingSnapshot().encode();
    assertThat(evaluator.advance(training, progress)).isEmpty();
    step();

    Assessment assessment = assessment().orElseThrow();

    assertThat(assessment.progress()).isEqualTo(begin);
    assertThat(assessment.generator().encode()).isEqualTo(generator);
  }

  @Test
  void theLastOneHasMoreImagesIfThereAreAndIsMadeAlsoWithoutAStep() {
    step();
    step();
    assertThat(assessment().orElseThrow().report().images()).isEqualTo(BATCH);

    assertThat(evaluator.evaluateAtEnd(training, progress).orElseThrow().report().images())
        .isEqualTo(2 * BATCH);
  }

  private void step() {
    byte[] pixels = new byte[BATCH * preset.image().size()];
    new Random(progress.step()).nextBytes(pixels);
    Batch batch = new Batch(pixels, new int[0], BATCH);
    training.step(batch);
    progress = progress.plus(BATCH, StreamPosition.beginning());
    evaluator.see(batch, progress);
  }

  private Optional<Assessment> assessment() {
    for (int slice = 0; slice < MORE_THAN_AN_EVALUATION_TAKES; slice++) {
      Optional<Assessment> found = evaluator.advance(training, progress);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
