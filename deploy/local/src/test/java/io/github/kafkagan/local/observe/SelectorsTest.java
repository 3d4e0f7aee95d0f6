package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectorsTest {
  @Test
  void findsMetricsAndNeitherFunctionsNorLabelsNorTexts() {
    assertThat(
            Selectors.of(
                "sum by (job, le) (rate(a_total{outcome=~\"x|y\"}[5m])) / 1e9 > 0.5"
                    + " and on (job) instance:b:rate1m > 0 or abs(c) == Inf"))
        .containsExactly("a_total{outcome=~\"x|y\"}", "instance:b:rate1m", "c");
    assertThat(
            Selectors.of("label_replace(rate(up[1m]), \"by\", \"topic\", \"\", \"\") or vector(0)"))
        .containsExactly("up");
    assertThat(Selectors.of("max without (source) (avg_over_time(s{source=\"real\"}[10m]))"))
        .containsExactly("s{source=\"real\"}");
  }
}
