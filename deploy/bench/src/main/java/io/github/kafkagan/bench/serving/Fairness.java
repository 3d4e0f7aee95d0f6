package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Latencies;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.kafka.NewTopics;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a client notices of another one that asks a hundred times as often. */
public record Fairness(Setting setting) {
  private static final int CALM_PER_SECOND = 5;
  private static final int TIMES = 100;
  private static final Target THAN_ALONE = Target.atMost(3);

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public List<Result> run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      Channel channel = Channel.create(broker.bootstrapServers(), "service");
      TopicDefinition calmReplies = replies(channel, "calm");
      TopicDefinition busyReplies = replies(channel, "busy");
      NewTopics.create(broker.bootstrapServers(), List.of(calmReplies, busyReplies));
      try (Digits digits = Digits.open(channel)) {
        digits.publish();
      }
      try (ServiceProcess service = ServiceProcess.start(setting, channel);
          Requester calm = Requester.open(channel, "calm", calmReplies)) {
        service.respondent().first();
        service.warmUp(setting.rounds().warmUp());
        return latencies(
            window -> {
              try (Requester busy = Requester.open(channel, "busy", busyReplies);
                  OpenLoop flood = OpenLoop.start(busy, TIMES * CALM_PER_SECOND)) {
                Latencies latencies = calmly(calm, window);
                flood.requireAsking();
                return latencies;
              }
            },
            window -> calmly(calm, window));
      }
    }
  }

  private static TopicDefinition replies(Channel channel, String client) {
    TopicDefinition replies = channel.topics().replies();
    return new TopicDefinition(
        replies.name() + "-" + client, replies.partitions(), replies.settings());
  }

  private List<Result> latencies(
      Function<Duration, Latencies> flooded, Function<Duration, Latencies> alone) {
    Rounds rounds = setting.rounds();
    List<List<Latencies>> turns =
        Turns.take(List.of(flooded, alone), rounds.warmingUpFor(rounds.window()));
    return List.of(
        outcome("latency p99 in a flood", turns, Latencies::p99),
        outcome("latency p50 in a flood", turns, Latencies::p50));
  }

  private static Outcome outcome(
      String name, List<List<Latencies>> turns, ToDoubleFunction<Latencies> percentile) {
    return Outcome.of(
        name,
        "ms",
        Series.of("another asks %d times as often".formatted(TIMES), turns.get(0), percentile),
        Series.of("alone", turns.get(1), percentile),
        THAN_ALONE);
  }

  private static Latencies calmly(Requester calm, Duration window) {
    Latencies latencies = OpenLoop.measure(calm, CALM_PER_SECOND, Setting.leadIn(window), window);
    latencies.requireImages();
    return latencies;
  }
}
