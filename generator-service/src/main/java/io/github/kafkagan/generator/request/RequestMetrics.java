package io.github.kafkagan.generator.request;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
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
    // All from the start, at 0: the first of its kind is an increase then, and can be seen.
    requests(OutgoingRecord.OK);
    requests(OutgoingRecord.REJECTED);
    for (ErrorCode error : ErrorCode.values()) {
      requests(error.code());
    }
  }

  private Counter requests(String outcome) {
    return Counter.builder(MetricNames.GENERATOR_REQUESTS)
        .description("Requests answered")
        .tag(MetricNames.OUTCOME, outcome)
        .register(registry);
  }

  /**
   * A request's answer is on its way.
   *
   * @param sinceRequest from the request's timestamp, which its sender chose, to now
   */
  void answered(OutgoingRecord answer, Duration sinceRequest) {
    requests(answer.outcome()).increment();
    latency.record(sinceRequest.isNegative() ? Duration.ZERO : sinceRequest);
  }
}
