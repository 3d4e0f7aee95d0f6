package io.github.kafkagan.bench;

import io.github.kafkagan.bench.measure.Comparison;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.training.ImageTopic;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import io.github.kafkagan.bench.worker.WorkerTask.Kind;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.broker.ScratchFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The comparisons there are.
 *
 * @param presets to train, one after the other
 * @param threads of PyTorch
 * @param each told every outcome as soon as it is there
 */
record Comparisons(List<String> presets, int threads, Rounds rounds, Consumer<Outcome> each) {
  private static final String IMAGES = "images/s";
  private static final double THAN_DJL = 1.8;
  private static final double THAN_FROM_MEMORY = 0.97;
  private static final double THAN_TRAINING_ONLY = 0.97;

  /** More than any preset trains on in a second on a small machine. */
  private static final double IMAGES_PER_SECOND = 12_000;

  /** A way to train. */
  private record Contender(String name, Kind kind) {}

  private static final Contender MEMORY = new Contender("from memory", Kind.MEMORY);
  private static final Contender PLAIN_DJL = new Contender("plain DJL loop", Kind.PLAIN_DJL);
  private static final Contender KAFKA = new Contender("fed by Kafka", Kind.KAFKA);
  private static final Contender DEFAULTS = new Contender("as by default", Kind.KAFKA_DEFAULTS);

  /** This project's step against a plain DJL loop, both from memory. */
  List<Outcome> steps() {
    return compare("step", MEMORY, PLAIN_DJL, THAN_DJL, "");
  }

  /** The trainer's loop, fed by Kafka, against its step fed from memory. */
  List<Outcome> feeds() throws IOException {
    return compareOnBroker("feed", KAFKA, MEMORY, THAN_FROM_MEMORY);
  }

  /** The trainer's loop with checkpoints and evaluations, as often as by default, and without. */
  List<Outcome> defaults() throws IOException {
    return compareOnBroker("defaults", DEFAULTS, KAFKA, THAN_TRAINING_ONLY);
  }

  private List<Outcome> compareOnBroker(
      String name, Contender ours, Contender theirs, double target) throws IOException {
    try (ScratchFolder folder = ScratchFolder.create();
        LocalBroker broker = filledBroker(folder)) {
      return compare(name, ours, theirs, target, broker.bootstrapServers());
    }
  }

  private List<Outcome> compare(
      String name, Contender ours, Contender theirs, double target, String servers) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String preset : presets) {
      try (Side our = worker(ours, preset, servers);
          Side their = worker(theirs, preset, servers)) {
        Outcome outcome = Comparison.run(name + " " + preset, IMAGES, our, their, target, rounds);
        each.accept(outcome);
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private Side worker(Contender contender, String preset, String servers) {
    return WorkerProcess.start(
        contender.name(), new WorkerTask(contender.kind(), preset, threads, servers));
  }

  private LocalBroker filledBroker(ScratchFolder folder) {
    LocalBroker broker = LocalBroker.start(folder.path());
    double seconds =
        1.3 * (rounds.warmUp().toMillis() + rounds.count() * rounds.window().toMillis()) / 1000;
    ImageTopic.fill(broker.bootstrapServers(), (long) (seconds * IMAGES_PER_SECOND));
    return broker;
  }
}
