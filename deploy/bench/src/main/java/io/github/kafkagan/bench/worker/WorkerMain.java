package io.github.kafkagan.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.peer.GenerationLoop;
import io.github.kafkagan.bench.stream.BareIngestSide;
import io.github.kafkagan.bench.stream.ConsumerPerformanceSide;
import io.github.kafkagan.bench.stream.IngestSide;
import io.github.kafkagan.bench.training.KafkaSide;
import io.github.kafkagan.bench.training.TrainingSides;
import io.github.kafkagan.gan.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;

/** A worker's entry point; see {@link WorkerProcess}. */
public final class WorkerMain {
  /** Before each turn is counted, so that buffers are as full at its beginning as at its end. */
  private static final int LEAD_IN_SHARE = 5;

  private WorkerMain() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    PrintStream answers = System.out;
    System.setOut(System.err);
    try (Side side = side(WorkerTask.of(arguments[0]));
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
      for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
        Duration window = Duration.ofMillis(Long.parseLong(turn));
        side.rate(window.dividedBy(LEAD_IN_SHARE));
        answers.println(side.rate(window));
      }
    }
  }

  private static Side side(WorkerTask task) {
    Backend.useThreads(task.threads());
    String preset = task.preset();
    WorkerTask.Source source = task.source();
    return switch (task.kind()) {
      case MEMORY -> TrainingSides.ours(preset);
      case PLAIN_DJL -> TrainingSides.plainDjl(preset);
      case ROOFLINE -> TrainingSides.roofline(preset);
      case KAFKA -> KafkaSide.open(preset, source.bootstrapServers(), false);
      case KAFKA_DEFAULTS -> KafkaSide.open(preset, source.bootstrapServers(), true);
      case INGEST ->
          IngestSide.open(preset, source.topics(), source.bootstrapServers(), source.from());
      case BARE_INGEST -> new BareIngestSide(preset, source.topics(), source.bootstrapServers());
      case CONSUMER_PERFORMANCE ->
          new ConsumerPerformanceSide(
              source.bootstrapServers(), source.topics().images().name(), source.images());
      case GENERATOR -> GenerationLoop.open(preset);
    };
  }
}
