package io.github.kafkagan.generator.request;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts requests by what became of them, and measures how long that took. */
public final class RequestMetrics {
  private final MeterRegistry registry;
  private final Timer latency;

  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.latency =
        Timer.builder(MetricNames.GENERATOR_LATENCY)
            .description("From a request's timestamp to its reply")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry);
    registry.counter(MetricNames.GENERATOR_REQUESTS, MetricNames.OUTCOME, OutgoingRecord.OK);
  }

  /**
   * A request's answer is on its way.
   *
   * @param sinceRequest from the request's timestamp, which its sender chose, to now
   */
  void answered(OutgoingRecord answer, Duration sinceRequest) {
    registry
        .counter(MetricNames.GENERATOR_REQUESTS, MetricNames.OUTCOME, answer.outcome())
        .increment();
    latency.record(sinceRequest.isNegative() ? Duration.ZERO : sinceRequest);
  }
}
