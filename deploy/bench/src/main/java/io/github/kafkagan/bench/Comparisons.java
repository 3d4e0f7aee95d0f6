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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The comparisons there are.
 *
 * @param presets to train, one after the other
 * @param threads of PyTorch
 * @param each told every outcome as soon as it is there
 */
record Comparisons(List<String> presets, int threads, Rounds rounds, Consumer<Outcome> each) {
  private static final String IMAGES = "images";
  private static final double THAN_DJL = 1.8;
  private static final double THAN_FROM_MEMORY = 0.97;
  private static final double THAN_TRAINING_ONLY = 0.97;

  /** More than any preset trains on in a second on a small machine. */
  private static final double IMAGES_PER_SECOND = 12_000;

  /** This project's step against a plain DJL loop, both from memory. */
  List<Outcome> steps() {
    List<Outcome> outcomes = new ArrayList<>();
    for (String preset : presets) {
      try (Side ours = worker("from memory", Kind.MEMORY, preset, "");
          Side djl = worker("plain DJL loop", Kind.PLAIN_DJL, preset, "")) {
        outcomes.add(compare("step " + preset, ours, djl, THAN_DJL));
      }
    }
    return outcomes;
  }

  /** The trainer's loop, fed by Kafka, against its step fed from memory. */
  List<Outcome> feeds() throws IOException, InterruptedException, ExecutionException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ScratchFolder folder = ScratchFolder.create();
        LocalBroker broker = filledBroker(folder)) {
      for (String preset : presets) {
        String servers = broker.bootstrapServers();
        try (Side kafka = worker("fed by Kafka", Kind.KAFKA, preset, servers);
            Side memory = worker("from memory", Kind.MEMORY, preset, "")) {
          outcomes.add(compare("feed " + preset, kafka, memory, THAN_FROM_MEMORY));
        }
      }
    }
    return outcomes;
  }

  /** The trainer's loop with checkpoints and evaluations, as often as by default, and without. */
  List<Outcome> defaults() throws IOException, InterruptedException, ExecutionException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ScratchFolder folder = ScratchFolder.create();
        LocalBroker broker = filledBroker(folder)) {
      for (String preset : presets) {
        String servers = broker.bootstrapServers();
        try (Side on = worker("as by default", Kind.KAFKA_DEFAULTS, preset, servers);
            Side off = worker("training only", Kind.KAFKA, preset, servers)) {
          outcomes.add(compare("defaults " + preset, on, off, THAN_TRAINING_ONLY));
        }
      }
    }
    return outcomes;
  }

  private Side worker(String name, Kind kind, String preset, String servers) {
    return WorkerProcess.start(name, new WorkerTask(kind, preset, threads, servers));
  }

  private Outcome compare(String name, Side ours, Side theirs, double target) {
    Outcome outcome = Comparison.run(name, IMAGES, ours, theirs, target, rounds);
    each.accept(outcome);
    return outcome;
  }

  private LocalBroker filledBroker(ScratchFolder folder)
      throws InterruptedException, ExecutionException {
    LocalBroker broker = LocalBroker.start(folder.path());
    double seconds =
        1.3 * (rounds.warmUp().toMillis() + rounds.count() * rounds.window().toMillis()) / 1000;
    ImageTopic.fill(broker.bootstrapServers(), (long) (seconds * IMAGES_PER_SECOND));
    return broker;
  }
}
