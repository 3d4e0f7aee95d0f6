package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Latencies;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Throughput and latency of the service that answers requests for one image, against what its parts
 * do alone, and against a service that answers one request at a time.
 */
public final class Serve {
  private static final Target THAN_ITS_PARTS = Target.atLeast(0.8);
  private static final Target THAN_ONE_AT_A_TIME = Target.atLeast(5);
  private static final Target THAN_PYTHON = Target.atLeast(5);
  private static final Target AVERAGE_BATCH = Target.atLeast(16);
  private static final Target P50 = Target.atMost(15);
  private static final Target P99 = Target.atMost(50);
  private static final Target THAN_ECHO = Target.atMost(1.5);
  private static final String RATE = "images/s";

  private final Setting setting;
  private final Consumer<Result> each;
  private final Consumer<String> notice;
  private final List<Result> results = new ArrayList<>();

  /** What one side did in a turn. */
  private record Turn(double rate, OptionalDouble averageBatch) {
    Turn(double rate) {
      this(rate, OptionalDouble.empty());
    }
  }

  /**
   * A measurement.
   *
   * @param each told every result as soon as it is there
   * @param notice told in a sentence what is not measured
   */
  public Serve(Setting setting, Consumer<Result> each, Consumer<String> notice) {
    this.setting = setting;
    this.each = each;
    this.notice = notice;
  }

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public Report run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      Channel channel = Channel.create(broker.bootstrapServers(), "service");
      try (Digits digits = Digits.open(channel)) {
        digits.publish();
      }
      Peers peers = new Peers(setting, broker.bootstrapServers());
      try (ServiceProcess service = ServiceProcess.start(setting, channel)) {
        int replyBytes = service.respondent().first().bytes();
        try (Respondent echo = peers.echo(replyBytes)) {
          echo.first();
          throughput(service, echo, peers);
          latency(service.respondent(), echo);
        }
      }
    }
    return Report.of(setting, results, List.of());
  }

  private void throughput(ServiceProcess service, Respondent echo, Peers peers) {
    try (Respondent plain = peers.oneAtATime();
        Respondent polls = peers.onePollAtATime();
        Side generator = peers.generator()) {
      plain.first();
      polls.first();
      List<Function<Duration, Turn>> sides =
          List.of(
              window -> turn(service, window),
              window -> new Turn(echo.throughput(window)),
              window -> new Turn(generator.rate(window)),
              window -> new Turn(plain.throughput(window)),
              window -> new Turn(polls.throughput(window)));
      List<List<Turn>> turns = Turns.take(sides, setting.rounds());
      Series ours = Series.of(service.respondent().name(), turns.get(0), Turn::rate);
      Series echoed = Series.of(echo.name(), turns.get(1), Turn::rate);
      Series generated = Series.of(generator.name(), turns.get(2), Turn::rate);
      Series one = Series.of(plain.name(), turns.get(3), Turn::rate);
      Series polled = Series.of(polls.name(), turns.get(4), Turn::rate);
      Series batches =
          Series.of("batches", turns.get(0), turn -> turn.averageBatch().orElseThrow());
      Series parts = Series.smaller("the smaller of its parts", echoed, generated);
      tell(Outcome.of("throughput against its parts", RATE, ours, parts, THAN_ITS_PARTS));
      tell(Finding.known(echoed.name(), RATE, echoed));
      tell(Finding.known(generated.name(), RATE, generated));
      tell(Finding.wanted("average batch", "images", batches, AVERAGE_BATCH));
      tell(Outcome.of("throughput against no batches", RATE, ours, one, THAN_ONE_AT_A_TIME));
      tell(Finding.known(polled.name(), RATE, polled));
    }
    peers
        .python()
        .ifPresentOrElse(
            python -> throughputAgainst(service.respondent(), python),
            () ->
                notice.accept("no Python with kafka and torch: not compared with a service in it"));
  }

  private void throughputAgainst(Respondent service, Respondent python) {
    try (python) {
      python.first();
      List<List<Double>> turns =
          Turns.take(
              List.of(service::throughput, python::throughput),
              setting.rounds().warmingUpFor(setting.rounds().window()));
      tell(
          Outcome.of(
              "throughput against Python",
              RATE,
              new Series(service.name(), turns.get(0)),
              new Series(python.name(), turns.get(1)),
              THAN_PYTHON));
    }
  }

  private static Turn turn(ServiceProcess service, Duration window) {
    double batches = batches(service, "_count");
    double images = batches(service, "_sum");
    double rate = service.respondent().throughput(window);
    return new Turn(
        rate,
        OptionalDouble.of(
            (batches(service, "_sum") - images) / (batches(service, "_count") - batches)));
  }

  private static double batches(ServiceProcess service, String suffix) {
    return service.metrics().sum(MetricNames.GENERATOR_BATCH_IMAGES, suffix, Map.of());
  }

  private void latency(Respondent service, Respondent echo) {
    List<Function<Duration, Latencies>> sides =
        List.of(window -> latencies(service, window), window -> latencies(echo, window));
    Rounds rounds = setting.rounds();
    List<List<Latencies>> turns = Turns.take(sides, rounds.warmingUpFor(rounds.window()));
    latency("latency p50", P50, service, turns.get(0), echo, turns.get(1), Latencies::p50);
    latency("latency p99", P99, service, turns.get(0), echo, turns.get(1), Latencies::p99);
  }

  private static Latencies latencies(Respondent side, Duration window) {
    Latencies latencies = side.latencies(window);
    latencies.requireImages();
    return latencies;
  }

  private void latency(
      String name,
      Target target,
      Respondent service,
      List<Latencies> ours,
      Respondent echo,
      List<Latencies> theirs,
      ToDoubleFunction<Latencies> percentile) {
    Series our = Series.of(service.name(), ours, percentile);
    Series their = Series.of(echo.name(), theirs, percentile);
    tell(Finding.wanted(name, "ms", our, target));
    tell(Outcome.of(name + " against echo", "ms", our, their, THAN_ECHO));
  }

  private void tell(Result result) {
    results.add(result);
    each.accept(result);
  }
}
