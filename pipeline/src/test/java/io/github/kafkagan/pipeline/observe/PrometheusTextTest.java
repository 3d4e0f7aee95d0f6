package io.github.kafkagan.pipeline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private static final String SCRAPE =
      """
      # HELP gan_trainer_loss loss of the newest step
      # TYPE gan_trainer_loss gauge
      gan_trainer_loss{network="discriminator"} 0.25
      gan_trainer_loss{network="generator"} 3.5
      gan_trainer_checkpoints_total{outcome="published",slot="latest"} 7.0
      gan_trainer_checkpoints_total{outcome="skipped",slot="latest"} 2.0
      gan_trainer_images_total 1.28E5
      escaped{path="C:\\\\dir",quote="say \\"hi\\"",brace="a}b"} 1 1700000000000
      odd NaN
      large +Inf

      """;

  private final PrometheusText text = PrometheusText.parse(SCRAPE);

  @Test
  void sumsTheSamplesThatHaveTheLabels() {
    assertThat(text.sum("gan_trainer_loss", Map.of("network", "generator"))).hasValue(3.5);
    assertThat(text.sum("gan_trainer_checkpoints_total", Map.of("slot", "latest"))).hasValue(9);
    assertThat(
            text.sum(
                "gan_trainer_checkpoints_total", Map.of("slot", "latest", "outcome", "published")))
        .hasValue(7);
    assertThat(text.sum("gan_trainer_images_total", Map.of())).hasValue(128_000);
  }

  @Test
  void whatIsNotThereIsEmptyRatherThanZero() {
    assertThat(text.sum("gan_trainer_steps_total", Map.of())).isEmpty();
    assertThat(text.sum("gan_trainer_loss", Map.of("network", "other"))).isEmpty();
    assertThat(PrometheusText.parse("<html>not metrics</html>").samples()).isEmpty();
  }

  @Test
  void readsEscapesTimestampsAndSpecialValues() {
    List<PrometheusText.Sample> samples = text.samples();

    assertThat(samples)
        .contains(
            new PrometheusText.Sample(
                "escaped", Map.of("path", "C:\\dir", "quote", "say \"hi\"", "brace", "a}b"), 1));
    assertThat(text.sum("odd", Map.of()).orElseThrow()).isNaN();
    assertThat(text.sum("large", Map.of()).orElseThrow()).isInfinite();
  }
}
