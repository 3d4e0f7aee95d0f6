package io.github.kafkagan.local.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.observe.PrometheusText;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void takesEachFigureFromTheProcessThatKnowsIt() {
    PrometheusText producer = PrometheusText.parse("gan_producer_images_total 5000\n");
    PrometheusText trainer =
        PrometheusText.parse(
            """
            gan_trainer_images_total 4480
            gan_trainer_steps_total 70
            gan_trainer_lag 520
            gan_trainer_loss{network="discriminator"} 0.5
            gan_trainer_loss{network="generator"} 4.5
            gan_trainer_quality{figure="frechetDistance"} 23.5
            gan_trainer_quality{figure="classes"} 9
            gan_trainer_checkpoints_total{outcome="published",slot="latest"} 3
            gan_trainer_checkpoints_total{outcome="published",slot="state"} 1
            gan_trainer_checkpoints_total{outcome="skipped",slot="latest"} 1
            """);
    PrometheusText generator =
        PrometheusText.parse(
            """
            gan_generator_requests_total{outcome="images"} 8
            gan_generator_requests_total{outcome="no-checkpoint"} 1
            gan_generator_swaps_total{outcome="served"} 2
            gan_generator_swaps_total{outcome="broken"} 1
            gan_generator_checkpoint_step{model="digits"} 64
            gan_generator_checkpoint_step{model="clothes"} 9
            gan_generator_staleness_seconds{model="digits"} 7.25
            gan_generator_staleness_seconds{model="clothes"} 900
            """);

    Figures figures = Figures.of(producer, trainer, generator, "digits");

    assertThat(figures.imagesProduced()).isEqualTo(5000);
    assertThat(figures.imagesTrained()).isEqualTo(4480);
    assertThat(figures.lag()).hasValue(520);
    assertThat(figures.steps()).isEqualTo(70);
    assertThat(figures.batch()).isEqualTo(64);
    assertThat(figures.lossDiscriminator()).hasValue(0.5);
    assertThat(figures.lossGenerator()).hasValue(4.5);
    assertThat(figures.frechetDistance()).hasValue(23.5);
    assertThat(figures.classes()).hasValue(9);
    assertThat(figures.checkpoints()).isEqualTo(3);
    assertThat(figures.swaps()).isEqualTo(2);
    assertThat(figures.requests()).isEqualTo(9);
    assertThat(figures.servedStep()).hasValue(64);
    assertThat(figures.staleness()).hasValue(7.25);
  }

  @Test
  void beforeAnythingHappenedThereIsNoLossAndNoServedStep() {
    PrometheusText trainer =
        PrometheusText.parse("gan_trainer_loss{network=\"discriminator\"} NaN\n");

    Figures figures = Figures.of(PrometheusText.EMPTY, trainer, PrometheusText.EMPTY, "digits");

    assertThat(figures.imagesTrained()).isZero();
    assertThat(figures.batch()).isZero();
    assertThat(figures.lossDiscriminator()).isEmpty();
    assertThat(figures.lossGenerator()).isEmpty();
    assertThat(figures.servedStep()).isEmpty();
    assertThat(figures.staleness()).isEmpty();
  }
}
