package io.github.kafkagan.bench;

import io.github.kafkagan.bench.live.CheckpointCost;
import io.github.kafkagan.bench.live.DemoStart;
import io.github.kafkagan.bench.live.Freshness;
import io.github.kafkagan.bench.live.LivePipeline;
import io.github.kafkagan.bench.live.Together;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.presets.PresetRuns;
import io.github.kafkagan.bench.process.Python;
import io.github.kafkagan.bench.serving.Fairness;
import io.github.kafkagan.bench.serving.ManyModels;
import io.github.kafkagan.bench.serving.Report;
import io.github.kafkagan.bench.serving.Serve;
import io.github.kafkagan.bench.serving.Setting;
import io.github.kafkagan.bench.serving.Swaps;
import io.github.kafkagan.bench.stream.Ingest;
import io.github.kafkagan.bench.stream.IngestGrowth;
import io.github.kafkagan.bench.stream.Produce;
import io.github.kafkagan.bench.training.Soak;
import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.gan.preset.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes measurements.
 *
 * @param settings how
 * @param say told a line for whatever there is to tell
 */
record Measurements(BenchSettings settings, Consumer<String> say) {
  /** Until Java has compiled what answers requests, where other processes share the cores. */
  private static final Duration COMPILING = Duration.ofSeconds(45);

  private static final String DEFAULT_PRESET = "digits";

  /**
   * Takes a measurement.
   *
   * @return its figures; empty if it has written them itself, or what it needs is not here
   */
  Optional<Object> take(Measurement measurement) throws IOException, InterruptedException {
    Files.createDirectories(settings.output());
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path data = scratch.path();
      return switch (measurement) {
        case PRODUCE -> figures(produce(data));
        case INGEST -> figures(ingest(data));
        case STEP -> figures(comparisons().steps());
        case PYTORCH -> pytorch();
        case ROOFLINE -> figures(comparisons().roofline());
        case FEED -> figures(comparisons().feeds());
        case DEFAULTS -> figures(comparisons().defaults());
        case TOGETHER -> figures(together(data));
        case CHECKPOINTS -> figures(checkpoints(data));
        case SERVE -> figures(serve(data));
        case SWAPS -> figures(swaps(data));
        case FAIRNESS -> figures(told(new Fairness(setting()).run(data)));
        case FRESHNESS -> figures(freshness(data));
        case GROWTH -> figures(growth(data));
        case START -> figures(start(data));
        case SOAK -> figures(soak());
        case PRESETS -> {
          presets(data);
          yield Optional.empty(); // Written preset by preset: they take long.
        }
      };
    }
  }

  private static Optional<Object> figures(Object figures) {
    return Optional.of(figures);
  }

  private List<Result> produce(Path data) throws IOException {
    return told(new Produce(settings.home(), settings.output(), settings.rounds()).run(data));
  }

  private List<Result> ingest(Path data) {
    return told(
        new Ingest(preset(), settings.trainingThreads(), images(), settings.rounds()).run(data));
  }

  /** More than can be read in a turn. */
  private long images() {
    return settings.quick() ? 100_000 : 3_000_000;
  }

  private Optional<Object> pytorch() {
    Optional<Python> python = Python.with("torch");
    if (python.isEmpty()) {
      say.accept("pytorch: no Python with torch; not measured");
      return Optional.empty();
    }
    return figures(comparisons().pytorch(settings.home(), python.get()));
  }

  private Comparisons comparisons() {
    return new Comparisons(
        settings.presetsOr(List.of("mlp-1024", "dcgan")),
        settings.trainingThreads(),
        settings.rounds(),
        this::tell);
  }

  private List<Outcome> together(Path data) throws IOException, InterruptedException {
    return new Together(
            places(data),
            settings.presetsOr(List.of("mlp-1024", "dcgan")),
            Duration.ofSeconds(settings.quick() ? 8 : 20),
            // Java compiles the service meanwhile.
            settings.rounds().warmingUpFor(settings.quick() ? Duration.ZERO : COMPILING),
            this::tell)
        .run();
  }

  private List<Result> checkpoints(Path data) throws IOException, InterruptedException {
    List<String> presets = settings.presetsOr(List.of("mlp-1024", "dcgan", DEFAULT_PRESET));
    Duration stateEvery = Duration.ofSeconds(settings.quick() ? 5 : 60);
    return told(new CheckpointCost(places(data), presets, stateEvery).run());
  }

  private List<Result> freshness(Path data) throws IOException, InterruptedException {
    return told(
        new Freshness(
                places(data),
                preset(),
                settings
                    .rounds()
                    .warmingUpFor(settings.quick() ? Duration.ofSeconds(5) : COMPILING))
            .run());
  }

  private List<Result> start(Path data) throws IOException, InterruptedException {
    return told(new DemoStart(places(data), settings.rounds().count()).run());
  }

  private LivePipeline.Places places(Path data) {
    return new LivePipeline.Places(settings.home(), settings.output(), data);
  }

  private Report serve(Path data) {
    say.accept("serve: " + Report.WHERE);
    return new Serve(setting(), this::tell, say).run(data);
  }

  private Object swaps(Path data) {
    say.accept("swaps: " + Report.WHERE);
    return new Swaps(setting(), settings.quick() ? 20 : settings.swaps(), say).run(data);
  }

  private List<Result> growth(Path data) throws IOException {
    List<Result> results =
        new ArrayList<>(
            new IngestGrowth(
                    preset(),
                    settings.trainingThreads(),
                    settings.quick() ? 2 * images() : 10_000_000,
                    images(),
                    settings.rounds(),
                    this::tell)
                .run(Files.createDirectory(data.resolve("ingest"))));
    Outcome models = new ManyModels(setting()).run(Files.createDirectory(data.resolve("models")));
    tell(models);
    results.add(models);
    return results;
  }

  private Setting setting() {
    return new Setting(
        settings.home(),
        settings.output(),
        settings.serviceThreads(),
        settings.rounds().warmingUpFor(settings.quick() ? Duration.ZERO : COMPILING));
  }

  private Map<String, List<Soak.Sample>> soak() {
    Map<String, List<Soak.Sample>> samples = new TreeMap<>();
    for (String preset : settings.presetsOr(List.of("mlp-128"))) {
      say.accept("soak " + preset);
      samples.put(
          preset,
          Soak.run(
              preset,
              settings.quick() ? 20 : settings.steps(),
              settings.trainingThreads(),
              line -> say.accept(line.toString())));
    }
    return samples;
  }

  private void presets(Path data) throws IOException, InterruptedException {
    new PresetRuns(
            new PresetRuns.Settings(
                settings.home(),
                settings.output(),
                settings.presetsOr(Preset.names()),
                settings.quick() ? Duration.ofSeconds(2) : settings.time(),
                settings.trainingThreads(),
                settings.quick() ? 200_000 : settings.images(),
                settings.datasetOptions()),
            say)
        .run(data);
  }

  private String preset() {
    return settings.presetsOr(List.of(DEFAULT_PRESET)).get(0);
  }

  private void tell(Result result) {
    say.accept(result.describe());
  }

  private List<Result> told(List<Result> results) {
    results.forEach(this::tell);
    return results;
  }
}
