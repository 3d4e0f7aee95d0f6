package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.measure.Comparison;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.training.ImageTopic;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import io.github.kafkagan.bench.worker.WorkerTask.Source;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.Topics;
import java.nio.file.Path;

/**
 * How fast the trainer could read, against Kafka's own ConsumerPerformance.
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
  public Outcome run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      ImageTopic.fill(broker.bootstrapServers(), new Topics(Topics.DEFAULT_PREFIX), images);
      try (Side ours = side(WorkerTask.Kind.INGEST, broker);
          Side theirs = side(WorkerTask.Kind.CONSUMER_PERFORMANCE, broker)) {
        return Comparison.run("ingest", "images/s", ours, theirs, THAN_KAFKAS_OWN, rounds);
      }
    }
  }

  private Side side(WorkerTask.Kind kind, LocalBroker broker) {
    String name =
        kind == WorkerTask.Kind.INGEST ? "trainer's ingest" : "Kafka's ConsumerPerformance";
    return WorkerProcess.start(
        name, new WorkerTask(kind, preset, threads, Source.on(broker.bootstrapServers(), images)));
  }
}
