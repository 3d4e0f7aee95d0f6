package io.github.kafkagan.bench.client;

import java.util.List;

/**
 * What the requests of one turn took, in milliseconds.
 *
 * @param p50 half of them took at most that long
 * @param p99 99 of 100 took at most that long
 * @param requests that were sent, those of the lead-in too
 * @param failed of these, how many got no image
 */
public record Latencies(double p50, double p99, double max, long requests, long failed) {

  /**
   * Of at least one request.
   *
   * @param millis in any order
   */
  static Latencies of(List<Double> millis, long requests, long failed) {
    List<Double> sorted = millis.stream().sorted().toList();
    return new Latencies(
        percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100), requests, failed);
  }

  /** Throws if a request got no image. */
  public void requireImages() {
    if (failed > 0) {
      throw new IllegalStateException("%d of %d requests failed".formatted(failed, requests));
    }
  }

  /** The smallest figure that so many of a hundred do not exceed. */
  private static double percentile(List<Double> sorted, int percent) {
    int rank = (sorted.size() * percent + 99) / 100;
    return sorted.get(rank - 1);
  }
}
