package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Latencies;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What new checkpoints cost those who are waiting for images, and the service's memory. */
public final class Swaps {
  private static final Target THAN_WITHOUT = Target.atMost(1.2);

  /** Of the one per second that is published. */
  private static final Target SERVED = Target.atLeast(0.9);

  private static final Target NO_FAILURES = Target.atMost(0);

  private final Setting setting;
  private final int swaps;
  private final Consumer<String> progress;
  private final List<Result> results = new ArrayList<>();

  /** Requests that got no image, those of warming up too. */
  private long failed;

  /** What happened in a turn. */
  private record Turn(Latencies latencies, double swapsPerSecond) {}

  /**
   * A measurement.
   *
   * @param swaps over which memory is watched, at least 1
   * @param progress told every result and every sample, a line each or some
   */
  public Swaps(Setting setting, int swaps, Consumer<String> progress) {
    this.setting = setting;
    this.swaps = swaps;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public Report run(Path data) {
    MemorySample.requirePossible();
    try (LocalBroker broker = LocalBroker.start(data)) {
      Channel channel = Channel.create(broker.bootstrapServers(), "service");
      try (Digits digits = Digits.open(channel)) {
        digits.publish();
        try (ServiceProcess service = ServiceProcess.start(setting, channel)) {
          service.respondent().first();
          service.respondent().warmUp(setting.rounds().warmUp());
          latency(service, digits);
          SwapSoak soak = new SwapSoak(service, sample -> progress.accept(sample.toString()));
          soak.run(digits, swaps);
          tell(Finding.wanted("failed requests", "", count(failed + soak.failed()), NO_FAILURES));
          tell(Finding.known("a swap, until it is read", "ms", one(soak.millisPerSwap(swaps))));
          growth(soak.samples());
          return Report.of(setting, results, soak.samples());
        }
      }
    }
  }

  private void latency(ServiceProcess service, Digits digits) {
    List<Function<Duration, Turn>> sides =
        List.of(
            window -> {
              Publishing publishing = Publishing.start(digits);
              try (publishing) {
                return turn(service, window);
              }
            },
            window -> turn(service, window));
    Rounds rounds = setting.rounds();
    List<List<Turn>> turns = Turns.take(sides, rounds.warmingUpFor(rounds.window()));
    List<Turn> with = turns.get(0);
    List<Turn> without = turns.get(1);
    tell(
        Outcome.of(
            "latency p99 with swaps",
            "ms",
            Series.of("a checkpoint per second", with, turn -> turn.latencies().p99()),
            Series.of("no new checkpoints", without, turn -> turn.latencies().p99()),
            THAN_WITHOUT));
    tell(
        Finding.wanted(
            "swaps in these turns",
            "per second",
            Series.of("", with, Turn::swapsPerSecond),
            SERVED));
  }

  private Turn turn(ServiceProcess service, Duration window) {
    double served = served(service);
    long begin = System.nanoTime();
    Latencies latencies = service.respondent().latencies(window);
    double seconds = (System.nanoTime() - begin) / 1e9;
    failed += latencies.failed();
    return new Turn(latencies, (served(service) - served) / seconds);
  }

  private static double served(ServiceProcess service) {
    return service
        .metrics()
        .sum(MetricNames.GENERATOR_SWAPS, "_total", Map.of(MetricNames.OUTCOME, "served"));
  }

  private void growth(List<MemorySample> samples) {
    MemorySample last = samples.get(samples.size() - 1);
    MemorySample middle = samples.get((samples.size() - 1) / 2);
    String since = "growth over the last %d swaps, ".formatted(last.swaps() - middle.swaps());
    tell(grown(since + "resident", MemorySample::residentMiB, middle, last));
    tell(grown(since + "heap", MemorySample::heapMiB, middle, last));
  }

  private static Finding grown(
      String name, ToDoubleFunction<MemorySample> figure, MemorySample middle, MemorySample last) {
    return Finding.known(
        name, "MiB", one(figure.applyAsDouble(last) - figure.applyAsDouble(middle)));
  }

  private static Series count(long number) {
    return one((double) number);
  }

  private static Series one(double figure) {
    return new Series("", List.of(figure));
  }

  private void tell(Result result) {
    results.add(result);
    progress.accept(result.describe());
  }
}
