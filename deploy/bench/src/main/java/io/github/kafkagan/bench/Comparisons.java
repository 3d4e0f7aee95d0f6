package io.github.kafkagan.bench;

import io.github.kafkagan.bench.measure.Comparison;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.process.Python;
import io.github.kafkagan.bench.training.ImageTopic;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import io.github.kafkagan.bench.worker.WorkerTask.Kind;
import io.github.kafkagan.bench.worker.WorkerTask.Source;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.pipeline.contract.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

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
  private static final double THAN_PYTORCH = 3.5;
  private static final double OF_ROOFLINE = 0.7;
  private static final double THAN_FROM_MEMORY = 0.97;
  private static final double THAN_TRAINING_ONLY = 0.97;

  /** More than any preset trains on in a second on a small machine. */
  private static final double IMAGES_PER_SECOND = 12_000;

  /** A way to train. */
  private record Contender(String name, Kind kind) {}

  private static final Contender MEMORY = new Contender("from memory", Kind.MEMORY);
  private static final Contender PLAIN_DJL = new Contender("plain DJL loop", Kind.PLAIN_DJL);
  private static final Contender ROOFLINE =
      new Contender("products and updates alone", Kind.ROOFLINE);
  private static final Contender KAFKA = new Contender("fed by Kafka", Kind.KAFKA);
  private static final Contender DEFAULTS = new Contender("as by default", Kind.KAFKA_DEFAULTS);

  /** This project's step against a plain DJL loop, both from memory. */
  List<Outcome> steps() {
    return compare("step", MEMORY, PLAIN_DJL, THAN_DJL, Source.NONE);
  }

  /** This project's step against the least that its products and updates take. */
  List<Outcome> roofline() {
    return compare("roofline", MEMORY, ROOFLINE, OF_ROOFLINE, Source.NONE);
  }

  /** This project's step against eager PyTorch, both from memory. */
  List<Outcome> pytorch(Path home, Python python) {
    return compare(
        "pytorch",
        preset -> worker(MEMORY, preset, Source.NONE),
        preset ->
            WorkerProcess.start(
                "PyTorch",
                python.command(home, "train.py", preset, Integer.toString(threads)),
                threads),
        THAN_PYTORCH);
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
      return compare(name, ours, theirs, target, Source.on(broker.bootstrapServers(), images()));
    }
  }

  private List<Outcome> compare(
      String name, Contender ours, Contender theirs, double target, Source source) {
    return compare(
        name,
        preset -> worker(ours, preset, source),
        preset -> worker(theirs, preset, source),
        target);
  }

  private List<Outcome> compare(
      String name, Function<String, Side> ours, Function<String, Side> theirs, double target) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String preset : presets) {
      try (Side our = ours.apply(preset);
          Side their = theirs.apply(preset)) {
        Outcome outcome = Comparison.run(name + " " + preset, IMAGES, our, their, target, rounds);
        each.accept(outcome);
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private Side worker(Contender contender, String preset, Source source) {
    return WorkerProcess.start(
        contender.name(), new WorkerTask(contender.kind(), preset, threads, source));
  }

  private LocalBroker filledBroker(ScratchFolder folder) {
    LocalBroker broker = LocalBroker.start(folder.path());
    ImageTopic.fill(broker.bootstrapServers(), new Topics(Topics.DEFAULT_PREFIX), images());
    return broker;
  }

  private long images() {
    double seconds =
        1.3 * (rounds.warmUp().toMillis() + rounds.count() * rounds.window().toMillis()) / 1000;
    return (long) (seconds * IMAGES_PER_SECOND);
  }
}
