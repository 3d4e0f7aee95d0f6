package io.github.kafkagan.trainer;

import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.preset.PresetException;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.pipeline.process.CommonOptions;
import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.TopicSetup;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.client.TrainerClients;
import io.github.kafkagan.trainer.ingest.ImagesTopic;
import io.github.kafkagan.trainer.ingest.MissingOffsets;
import io.github.kafkagan.trainer.ingest.ReplayRequest;
import io.github.kafkagan.trainer.tool.ExportCommand;
import io.github.kafkagan.trainer.tool.ImportCommand;
import io.github.kafkagan.trainer.tool.InspectCommand;
import io.micrometer.core.instrument.Tags;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The trainer's command line. */
@Command(
    name = "trainer",
    mixinStandardHelpOptions = true,
    subcommands = {InspectCommand.class, ExportCommand.class, ImportCommand.class},
    sortOptions = false,
    description = {
      "Trains a GAN on the images topic, in the order of the stream, and publishes checkpoints.",
      "",
      "Started again, it goes on where the model's last saved state left off, and trains the same"
          + " batches as a run that was never stopped. A second trainer for the same model takes"
          + " over; the first then ends with exit code 3."
    },
    footer = {
      "",
      "Every option is also an environment variable: --log-every is GAN_LOG_EVERY,"
          + " --bootstrap-servers is KAFKA_BOOTSTRAP_SERVERS.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 fenced by a newer trainer."
    })
final class TrainerCommand implements Callable<Integer> {
  private static final int OPS_PORT = 9402;

  private final StopSignal stop;

  @Mixin private CommonOptions common = new CommonOptions(OPS_PORT);

  @Option(
      names = "--preset",
      paramLabel = "NAME|FILE",
      description = "Networks and how to train them (default: ${DEFAULT-VALUE}).")
  private String preset = Preset.names().get(0);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replaces a field of the preset, such as image=32x32x3 or generatorOptimizer.rate=1e-4."
              + " Repeatable.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(names = "--list-presets", description = "Prints the presets, a line each, and ends.")
  private boolean listPresets;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where initial weights and noise come from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu:N",
      description =
          "Where to compute; auto takes a GPU if there is one (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of the engine (default: the ${DEFAULT-VALUE} cores). With 1, a resumed run ends"
              + " with bitwise the weights of one that was not interrupted; on a GPU that takes"
              + " deterministic kernels, which are slower.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How often to publish the generator (default: 5s).")
  private Duration checkpointEvery = Duration.ofSeconds(5);

  @Option(
      names = "--state-every",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How often to save what a restart needs (default: 60s).")
  private Duration stateEvery = Duration.ofSeconds(60);

  @Mixin private EvaluationOptions evaluation = new EvaluationOptions();

  @Option(
      names = "--log-every",
      paramLabel = "STEPS",
      description = "Steps between events in the training topic (default: ${DEFAULT-VALUE}).")
  private int logEvery = 20;

  @Option(
      names = "--on-missing-offsets",
      paramLabel = "fail|skip",
      description =
          "When retention has deleted images before they were trained on, or the topic was created"
              + " again: end, or go on with the oldest there is (default: fail).")
  private MissingOffsets onMissingOffsets = MissingOffsets.FAIL;

  @Option(
      names = "--replay",
      paramLabel = "N",
      description =
          "Train N passes over what the images topic holds now, instead of waiting for more, then"
              + " end with everything saved, or at --until if that comes first. Stopped or killed, it"
              + " goes on when started with the same N; without --replay the rest of its pass is"
              + " trained on, then the stream (default: none).")
  private int replay;

  @Option(
      names = "--until",
      paramLabel = "images=N|steps=N|time=T",
      converter = Goal.Converter.class,
      split = ",",
      description =
          "End, with everything saved, once the model has trained on so many images or for so many"
              + " steps, earlier runs included, or this run for so long (default: never). Repeatable:"
              + " the first that is reached counts.")
  private List<Goal> until = List.of();

  TrainerCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (listPresets) {
      listPresets(Objects.requireNonNull(spec).commandLine().getOut());
      return ExitCode.DONE.code();
    }
    TrainerSettings settings = common.check(this::settings);
    Topics topics = settings.topics();
    TopicSetup.ensure(
        common.kafka(),
        List.of(
            topics.images(),
            topics.checkpoints(),
            topics.trainerState(),
            topics.training(),
            topics.samples(),
            topics.rejected()));
    try (Metrics metrics = new Metrics(Tags.of(MetricNames.MODEL, settings.model()))) {
      TrainerClients clients =
          TrainerClients.of(common.clientProperties(), topics, settings.model());
      ImagesTopic images =
          new ImagesTopic(
              topics.images().name(), TopicSetup.identity(common.kafka(), topics.images().name()));
      new Trainer(settings, clients, images, metrics, stop).run(common.opsHost(), common.opsPort());
    }
    return ExitCode.DONE.code();
  }

  private TrainerSettings settings() {
    return new TrainerSettings(
        common.topics(),
        common.model(),
        preset,
        preset(),
        seed,
        device,
        threads,
        new Checkpoints.Intervals(checkpointEvery, stateEvery),
        evaluation.settings(),
        logEvery,
        onMissingOffsets,
        new ReplayRequest(replay),
        until);
  }

  private static void listPresets(PrintWriter out) {
    int width = Preset.names().stream().mapToInt(String::length).max().orElse(0);
    for (String name : Preset.names()) {
      out.println(
          name + " ".repeat(width - name.length()) + "  " + Preset.named(name).description());
    }
    out.flush();
  }

  /**
   * The preset that was asked for.
   *
   * @throws UserError if there is none such, or a change is not possible
   */
  Preset preset() {
    try {
      return named().with(changes);
    } catch (PresetException e) {
      throw UserError.usage("--set: " + e.getMessage());
    }
  }

  private Preset named() {
    Path file = Path.of(preset);
    try {
      return Files.isRegularFile(file) ? Preset.parse(file) : Preset.named(preset);
    } catch (PresetException e) {
      throw UserError.usage("--preset: " + e.getMessage());
    }
  }
}
