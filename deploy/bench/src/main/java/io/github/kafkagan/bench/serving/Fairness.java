package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Latencies;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.kafka.NewTopics;
import io.github.kafkagan.bench.measure.Finding;
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
import java.util.function.ToDoubleFunction;

/**
 * What a client notices of another one that asks a hundred times as often, and what it would notice
 * if nothing had to be generated.
 */
public record Fairness(Setting setting) {
  private static final int CALM_PER_SECOND = 5;
  private static final int TIMES = 100;
  private static final Target THAN_ALONE = Target.atMost(3);

  /** The one that seldom asks, and where the replies of the other go. */
  private record Clients(Channel channel, Requester calm, TopicDefinition busyReplies)
      implements AutoCloseable {
    static Clients open(Channel channel) {
      TopicDefinition calmReplies = replies(channel, "calm");
      TopicDefinition busyReplies = replies(channel, "busy");
      NewTopics.create(channel.bootstrapServers(), List.of(calmReplies, busyReplies));
      return new Clients(channel, Requester.open(channel, "calm", calmReplies), busyReplies);
    }

    private static TopicDefinition replies(Channel channel, String client) {
      TopicDefinition replies = channel.topics().replies();
      return new TopicDefinition(
          replies.name() + "-" + client, replies.partitions(), replies.settings());
    }

    Latencies flooded(Duration window) {
      try (Requester busy = Requester.open(channel, "busy", busyReplies);
          OpenLoop flood = OpenLoop.start(busy, TIMES * CALM_PER_SECOND)) {
        Latencies latencies = alone(window);
        flood.requireAsking();
        return latencies;
      }
    }

    Latencies alone(Duration window) {
      Latencies latencies = OpenLoop.measure(calm, CALM_PER_SECOND, Setting.leadIn(window), window);
      latencies.requireImages();
      return latencies;
    }

    @Override
    public void close() {
      calm.close();
    }
  }

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public List<Result> run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      Channel channel = Channel.create(broker.bootstrapServers(), "service");
      try (Digits digits = Digits.open(channel)) {
        digits.publish();
      }
      try (ServiceProcess service = ServiceProcess.start(setting, channel)) {
        int replyBytes = service.respondent().first().bytes();
        try (Respondent echo = new Peers(setting, broker.bootstrapServers()).echo(replyBytes)) {
          echo.first();
          Duration compiling = setting.rounds().warmUp();
          service.respondent().warmUp(compiling);
          echo.warmUp(compiling);
          return compare(channel, echo.channel());
        }
      }
    }
  }

  private List<Result> compare(Channel service, Channel echo) {
    Rounds rounds = setting.rounds();
    try (Clients ours = Clients.open(service);
        Clients echos = Clients.open(echo)) {
      List<List<Latencies>> turns =
          Turns.take(
              List.of(ours::flooded, ours::alone, echos::flooded, echos::alone),
              rounds.warmingUpFor(rounds.window()));
      return List.of(
          outcome("latency p99 in a flood", turns, Latencies::p99),
          outcome("latency p50 in a flood", turns, Latencies::p50),
          known("p99 of an echo topology in a flood", turns.get(2), Latencies::p99),
          known("p99 of an echo topology alone", turns.get(3), Latencies::p99),
          known("p50 of an echo topology in a flood", turns.get(2), Latencies::p50),
          known("p50 of an echo topology alone", turns.get(3), Latencies::p50));
    }
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

  private static Finding known(
      String name, List<Latencies> turns, ToDoubleFunction<Latencies> percentile) {
    return Finding.known(name, "ms", Series.of(name, turns, percentile));
  }
}
