package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.measure.Comparison;
import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.bench.training.ImageTopic;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an image costs the trainer to read, as its topic grows: in records, then in partitions.
 *
 * @param preset that says what is read
 * @param images in the large topic
 * @param few images in the small ones, more than are read in a turn
 * @param each told every outcome as soon as it is there
 */
public record IngestGrowth(
    String preset, int threads, long images, long few, Rounds rounds, Consumer<Result> each) {
  /** Within 1.2 of the first value. */
  private static final double THAN_SMALL = 1 / 1.2;

  /** What a topic is called, and how many partitions it has. */
  private record Shape(String prefix, int partitions) {
    static Shape of(int partitions) {
      return new Shape("of-%d.".formatted(partitions), partitions);
    }

    Topics topics() {
      return new Topics(prefix);
    }

    /** Nothing is deleted, however large it grows. */
    TopicDefinition images() {
      return new TopicDefinition(topics().images().name(), partitions, Map.of());
    }
  }

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public List<Result> run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      Shape large = Shape.of(4);
      fill(broker, large, images);
      Result bySize =
          compare(
              "growth, the last images of %,d".formatted(images),
              side("the last images", broker, large, Math.max(0, images - few)),
              side("the first images", broker, large, 0));

      Shape one = Shape.of(1);
      Shape many = Shape.of(64);
      fill(broker, one, few);
      fill(broker, many, few);
      Result byPartitions =
          compare(
              "growth, 64 partitions",
              side("64 partitions", broker, many, 0),
              side("1 partition", broker, one, 0));
      Result kafkasOwn = kafkasOwn(performance(broker, many), performance(broker, one));
      return List.of(bySize, byPartitions, kafkasOwn);
    }
  }

  private static void fill(LocalBroker broker, Shape shape, long count) {
    ImageTopic.fill(broker.bootstrapServers(), shape.topics(), shape.images(), count);
  }

  private Side side(String name, LocalBroker broker, Shape shape, long from) {
    return WorkerProcess.start(
        name,
        new WorkerTask(
            WorkerTask.Kind.INGEST,
            preset,
            threads,
            new WorkerTask.Source(broker.bootstrapServers(), shape.prefix(), from, images)));
  }

  private Side performance(LocalBroker broker, Shape shape) {
    return WorkerProcess.start(
        "ConsumerPerformance, %d partitions".formatted(shape.partitions()),
        new WorkerTask(
            WorkerTask.Kind.CONSUMER_PERFORMANCE,
            preset,
            threads,
            new WorkerTask.Source(broker.bootstrapServers(), shape.prefix(), 0, few)));
  }

  private Result compare(String name, Side grown, Side small) {
    try (grown;
        small) {
      return told(Comparison.run(name, "images/s", grown, small, THAN_SMALL, rounds));
    }
  }

  /** What Kafka's consumer by itself takes for more partitions, which is the limit. */
  private Result kafkasOwn(Side grown, Side small) {
    try (grown;
        small) {
      List<List<Double>> rates = Turns.take(List.of(grown::rate, small::rate), rounds);
      Series ratio =
          new Series(grown.name(), rates.get(0)).over(new Series(small.name(), rates.get(1)));
      return told(Finding.known("64 partitions, Kafka's ConsumerPerformance", "×", ratio));
    }
  }

  private Result told(Result result) {
    each.accept(result);
    return result;
  }
}
