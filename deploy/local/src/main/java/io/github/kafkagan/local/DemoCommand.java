package io.github.kafkagan.local;

import io.github.kafkagan.local.view.LineView;
import io.github.kafkagan.local.view.LiveView;
import io.github.kafkagan.local.view.View;
import io.github.kafkagan.pipeline.contract.ModelName;
import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's command line. */
@Command(
    name = "deploy/demo.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the whole pipeline on this machine: a Kafka broker of its own, producer, trainer and",
      "generator service, each a process. Ctrl-C stops all of them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy/demo.sh                            learn digits until Ctrl-C",
      "  deploy/demo.sh --for 3m --json run.json   three minutes, figures in run.json",
      "  deploy/demo.sh --keep                     go on where the last run stopped",
      "  deploy/demo.sh --dataset fashion-mnist --model clothes",
      "%nWhat it leaves is in demo-output: latest.png and sheet-<step>.png (samples over time),",
      "request-<n>.png (images asked for by topic), a log per process, pipeline.json (addresses",
      "and process ids).",
      "%nExit codes: 0 done or stopped, 1 a process failed, 2 an option is wrong."
    })
final class DemoCommand implements Callable<Integer> {
  /** Few, so that what is served has learnt from images that are seconds old. */
  private static final String MAX_LAG = "1000";

  private final StopSignal stop;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "End after training on N images (default: go on until Ctrl-C).")
  private @Nullable Long images;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "End after this time, such as 120s or 5m.")
  private @Nullable Duration duration;

  @Option(
      names = "--keep",
      description = "Keep the last run's data and go on from there; otherwise it is deleted.")
  private boolean keep;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Networks and hyperparameters (default: the trainer's).")
  private @Nullable String preset;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "mnist or fashion-mnist (default: the producer's).")
  private @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with the data set's IDX files, instead of fetching them.")
  private @Nullable Path dataDir;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = {
        "Images streamed per second (default: as many as are trained on; never more, the",
        "stream waits for the trainer)."
      })
  private @Nullable Double rate;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String model = "digits";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the run's final figures to FILE.")
  private @Nullable Path json;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where pictures, logs and Kafka's data go (default: demo-output).")
  private @Nullable Path output;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The project's folder (default: the current one).",
      hidden = true)
  private Path home = Path.of("");

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Width of the terminal, to redraw in place; 0 for plain lines.",
      hidden = true)
  private int columns;

  DemoCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws InterruptedException {
    DemoSettings settings = settings();
    try {
      new Demo(settings, view()).run(stop);
    } catch (IOException e) {
      throw UserError.failed(settings.output() + " cannot be used: " + e);
    }
    return ExitCode.DONE.code();
  }

  private DemoSettings settings() {
    Map<String, String> producer = new TreeMap<>();
    producer.put("--max-lag", MAX_LAG);
    if (rate != null) {
      producer.put("--rate", rate.toString());
    }
    if (dataset != null) {
      producer.put("--dataset", dataset);
    }
    if (dataDir != null) {
      producer.put("--data-dir", dataDir.toString());
    }
    try {
      return new DemoSettings(
          home,
          output == null ? besideWorkingFolder(home.resolve("demo-output")) : output,
          images == null ? OptionalLong.empty() : OptionalLong.of(images),
          Optional.ofNullable(duration),
          keep,
          Optional.ofNullable(json),
          ModelName.require(model),
          producer,
          preset == null ? Map.of() : Map.of("--preset", preset));
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()));
    }
  }

  /** The path as the user would write it. */
  private static Path besideWorkingFolder(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) ? here.relativize(there) : there;
  }

  private View view() {
    if (columns == 0) {
      return new LineView(System.out);
    }
    Charset terminal = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
    return new LiveView(System.out, columns, terminal.equals(StandardCharsets.UTF_8));
  }
}
