package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
  @Test
  void everyOutcomeIsCountedFromTheStart() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    var unused = new RequestMetrics(registry);

    Map<String, Double> counts =
        registry.get(MetricNames.GENERATOR_REQUESTS).counters().stream()
            .collect(
                Collectors.toMap(
                    counter -> String.valueOf(counter.getId().getTag(MetricNames.OUTCOME)),
                    Counter::count));

    assertThat(counts)
        .containsKeys("ok", "rejected")
        .containsKeys(
            Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toArray(String[]::new));
    assertThat(counts.values()).containsOnly(0.0);
  }
}
