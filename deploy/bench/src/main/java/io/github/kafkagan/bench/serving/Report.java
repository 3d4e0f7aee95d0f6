package io.github.kafkagan.bench.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kafkagan.bench.measure.Result;
import java.util.List;
import java.util.Map;

/**
 * What was found about the service, and how.
 *
 * @param where everything ran
 * @param environment of the processes that make images
 * @param inFlight requests that were open where throughput was measured
 * @param perSecond requests where latency was measured
 * @param memory of the service over many swaps; empty if it was not watched
 */
public record Report(
    String where,
    Map<String, String> environment,
    int inFlight,
    int perSecond,
    List<Result> results,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MemorySample> memory) {
  /** Nothing runs elsewhere. */
  public static final String WHERE =
      "the broker, all sides and their client share the cores of one machine";

  static Report of(Setting setting, List<Result> results, List<MemorySample> memory) {
    return new Report(
        WHERE,
        setting.environment(),
        Respondent.IN_FLIGHT,
        Respondent.PER_SECOND,
        List.copyOf(results),
        List.copyOf(memory));
  }
}
