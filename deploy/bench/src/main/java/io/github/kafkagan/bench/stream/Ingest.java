package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.bench.training.ImageTopic;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import io.github.kafkagan.bench.worker.WorkerTask.Source;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * How fast the trainer could read, against Kafka's own ConsumerPerformance; and the least that
 * brings images into arrays, against the same, which is the limit.
 *
 * @param preset that says what is read
 * @param images in the topic
 */
public record Ingest(String preset, int threads, long images, Rounds rounds) {
  private static final double THAN_KAFKAS_OWN = 0.8;

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public List<Result> run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      ImageTopic.fill(broker.bootstrapServers(), new Topics(Topics.DEFAULT_PREFIX), images);
      try (Side ours = side("trainer's ingest", WorkerTask.Kind.INGEST, broker);
          Side bare = side("a bare loop", WorkerTask.Kind.BARE_INGEST, broker);
          Side theirs =
              side("Kafka's ConsumerPerformance", WorkerTask.Kind.CONSUMER_PERFORMANCE, broker)) {
        return compare(List.of(ours, bare, theirs));
      }
    }
  }

  private List<Result> compare(List<Side> sides) {
    List<List<Double>> rates =
        Turns.take(
            sides.stream().<Function<Duration, Double>>map(side -> side::rate).toList(), rounds);
    Series ours = new Series(sides.get(0).name(), rates.get(0));
    Series bare = new Series(sides.get(1).name(), rates.get(1));
    Series theirs = new Series(sides.get(2).name(), rates.get(2));
    return List.of(
        Outcome.of("ingest", "images/s", ours, theirs, Target.atLeast(THAN_KAFKAS_OWN)),
        Finding.known("a bare loop to arrays", "images/s", bare),
        Finding.known("its share of Kafka's ConsumerPerformance", "×", bare.over(theirs)));
  }

  private Side side(String name, WorkerTask.Kind kind, LocalBroker broker) {
    return WorkerProcess.start(
        name, new WorkerTask(kind, preset, threads, Source.on(broker.bootstrapServers(), images)));
  }
}
