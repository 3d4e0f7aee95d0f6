package io.github.kafkagan.bench;

import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.presets.PresetRuns;
import io.github.kafkagan.bench.report.Machine;
import io.github.kafkagan.bench.serving.Report;
import io.github.kafkagan.bench.serving.Serve;
import io.github.kafkagan.bench.serving.Setting;
import io.github.kafkagan.bench.serving.Swaps;
import io.github.kafkagan.bench.training.Soak;
import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks' command line. */
@Command(
    name = "deploy/bench.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the pipeline's speed with what people would use instead. Both sides of a comparison",
      "run in processes of their own and take turns; the figures are medians with the least and the",
      "greatest, and the ratio of each round."
    },
    footer = {
      "",
      "step      one training step against a plain DJL loop of the same networks, from memory",
      "feed      the trainer's loop fed by Kafka against its step fed from memory",
      "defaults  the trainer's loop with checkpoints and evaluations as by default, against without",
      "serve     requests for one image against a generator service, its throughput and its latency,",
      "          against an echo, against its generator alone, and against no batches",
      "swaps     what new checkpoints cost those who wait for images, and memory over many of them",
      "soak      memory over many steps",
      "presets   what each preset has learnt after the same time, on real images"
    })
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum Measurement {
    STEP,
    FEED,
    DEFAULTS,
    SERVE,
    SWAPS,
    SOAK,
    PRESETS
  }

  /** Until Java has compiled what answers requests, where other processes share the cores. */
  private static final Duration COMPILING = Duration.ofSeconds(45);

  @Parameters(
      arity = "0..*",
      paramLabel = "WHAT",
      description = "step, feed, defaults, serve, swaps, soak, presets (default: the first three).")
  private List<Measurement> wanted =
      List.of(Measurement.STEP, Measurement.FEED, Measurement.DEFAULTS);

  @Option(names = "--quick", description = "A second or so for each, to see that it works.")
  private boolean quick;

  @Option(
      names = "--preset",
      split = ",",
      paramLabel = "NAME",
      description =
          "Presets (default: mlp-1024,dcgan; for soak mlp-128; for presets all that there are).")
  private List<String> presets = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Turns (default: ${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Length of a turn (default: 10s, in which two checkpoints fall).")
  private Duration window = Duration.ofSeconds(10);

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of PyTorch (default: the cores; of serve and swaps as the service's by default).")
  private @Nullable Integer threads;

  @Option(names = "--steps", paramLabel = "N", description = "Of soak (default: ${DEFAULT-VALUE}).")
  private long soakSteps = 100_000;

  @Option(
      names = "--swaps",
      paramLabel = "N",
      description = "Of swaps (default: ${DEFAULT-VALUE}).")
  private int swaps = 500;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Of presets, for each (default: 5m).")
  private Duration time = Duration.ofMinutes(5);

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Of presets, in the topic (default: ${DEFAULT-VALUE}).")
  private long images = 3_000_000;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with MNIST's IDX files, instead of fetching them.")
  private @Nullable Path dataDir;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "For results (default: deploy/bench/results).")
  private @Nullable Path output;

  @Option(names = "--home", hidden = true)
  private Path home = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || soakSteps < 1 || swaps < 1 || window.toMillis() < 1) {
      throw UserError.usage("--rounds, --steps, --swaps and --window must be more than 0");
    }
    presets.forEach(BenchCommand::requirePreset);
    for (Measurement measurement : wanted) {
      switch (measurement) {
        case STEP -> save("step", trainingThreads(), comparisons().steps());
        case FEED -> save("feed", trainingThreads(), comparisons().feeds());
        case DEFAULTS -> save("defaults", trainingThreads(), comparisons().defaults());
        case SERVE -> serve();
        case SWAPS -> swaps();
        case SOAK -> soak();
        case PRESETS -> presets();
      }
    }
    return ExitCode.DONE.code();
  }

  private static void requirePreset(String name) {
    if (!Preset.names().contains(name)) {
      throw UserError.usage("--preset must be of %s, was %s".formatted(Preset.names(), name));
    }
  }

  private Rounds turns() {
    return quick
        ? new Rounds(Duration.ZERO, 1, Duration.ofSeconds(1))
        : new Rounds(window, rounds, window);
  }

  private int trainingThreads() {
    return Objects.requireNonNullElseGet(threads, () -> Runtime.getRuntime().availableProcessors());
  }

  private Comparisons comparisons() {
    return new Comparisons(
        presetsOr(List.of("mlp-1024", "dcgan")), trainingThreads(), turns(), BenchCommand::show);
  }

  private List<String> presetsOr(List<String> others) {
    return presets.isEmpty() ? others : presets;
  }

  private static void show(Result result) {
    say(result.describe());
  }

  private void serve() throws IOException {
    say("serve: " + Report.WHERE);
    try (ScratchFolder data = ScratchFolder.create()) {
      Setting setting = setting();
      save("serve", setting.threads(), new Serve(setting, BenchCommand::show).run(data.path()));
    }
  }

  private void swaps() throws IOException {
    say("swaps: " + Report.WHERE);
    try (ScratchFolder data = ScratchFolder.create()) {
      Setting setting = setting();
      Swaps measurement = new Swaps(setting, quick ? 20 : swaps, BenchCommand::say);
      save("swaps", setting.threads(), measurement.run(data.path()));
    }
  }

  private Setting setting() throws IOException {
    return new Setting(
        home,
        Files.createDirectories(results()),
        Objects.requireNonNullElseGet(threads, Backend::threadsBesideOthers),
        turns().warmingUpFor(quick ? Duration.ZERO : COMPILING));
  }

  private void soak() throws IOException {
    Map<String, List<Soak.Sample>> samples = new TreeMap<>();
    for (String preset : presetsOr(List.of("mlp-128"))) {
      say("soak " + preset);
      samples.put(
          preset,
          Soak.run(
              preset, quick ? 20 : soakSteps, trainingThreads(), line -> say(line.toString())));
    }
    save("soak", trainingThreads(), samples);
  }

  private void presets() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("--dataset=mnist"));
    if (dataDir != null) {
      options.add("--data-dir=" + dataDir);
    }
    PresetRuns.Settings settings =
        new PresetRuns.Settings(
            home,
            results(),
            presetsOr(Preset.names()),
            quick ? Duration.ofSeconds(2) : time,
            trainingThreads(),
            quick ? 200_000 : images,
            options);
    try (ScratchFolder data = ScratchFolder.create()) {
      new PresetRuns(settings, BenchCommand::say).run(data.path());
    }
  }

  /** Machine and figures, as {@code <name>.json} among the results. */
  private void save(String name, int engineThreads, Object figures) throws IOException {
    Files.createDirectories(results());
    Files.writeString(
        results().resolve(name + ".json"),
        Json.pretty(Map.of("machine", Machine.here(), "threads", engineThreads, name, figures)));
  }

  private Path results() {
    return output == null ? home.resolve("deploy").resolve("bench").resolve("results") : output;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
