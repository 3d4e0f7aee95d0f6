package io.github.kafkagan.bench.presets;

import io.github.kafkagan.bench.report.Machine;
import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Trains one preset after the other as users do: a trainer process on a topic of real images. */
public final class PresetRuns {
  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * How to run.
   *
   * @param home the project's folder
   * @param output for the results
   * @param presets in this order
   * @param time for each
   * @param threads of PyTorch
   * @param images in the topic, the data set over and over; more than any preset gets through
   * @param producerOptions for its search for a data set
   */
  public record Settings(
      Path home,
      Path output,
      List<String> presets,
      Duration time,
      int threads,
      long images,
      List<String> producerOptions) {}

  private record Report(
      Machine machine, long secondsEach, int threads, List<PresetResult> presets) {}

  /**
   * A run.
   *
   * @param progress told a line per preset
   */
  public PresetRuns(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Trains all, and writes {@code presets.json}, {@code PRESETS.md} and a contact sheet each.
   *
   * @param data where the broker keeps its data
   * @throws UserError if a process fails, or a preset got through all images
   */
  public List<PresetResult> run(Path data) throws IOException, InterruptedException {
    Files.createDirectories(settings.output());
    List<PresetResult> results = new ArrayList<>();
    try (LocalBroker broker = LocalBroker.start(data)) {
      String servers = broker.bootstrapServers();
      run("producer", servers, producerOptions());
      for (String preset : settings.presets()) {
        run("trainer", servers, trainerOptions(preset));
        PresetResult result =
            TrainedModel.read(servers, new Topics(Topics.DEFAULT_PREFIX), preset, settings.time());
        requireEnoughImages(result);
        results.add(result);
        progress.accept(result.row());
        write(results);
      }
    }
    return results;
  }

  private List<String> producerOptions() {
    List<String> options = new ArrayList<>(settings.producerOptions());
    options.addAll(List.of("--limit=" + settings.images(), "--rate=0"));
    return options;
  }

  private List<String> trainerOptions(String preset) {
    return List.of(
        "--preset=" + preset,
        "--model=" + preset,
        "--threads=" + settings.threads(),
        "--until=time=" + settings.time().toSeconds() + "s");
  }

  private void run(String module, String servers, List<String> options)
      throws IOException, InterruptedException {
    Path jar = settings.home().resolve(module).resolve("target").resolve(module + ".jar");
    Path log = settings.output().resolve(module + ".log");
    List<String> line =
        new ArrayList<>(
            List.of(ChildProcess.java(), "-Xmx1g", "-XX:+UseSerialGC", "-jar", jar.toString()));
    line.addAll(List.of("--bootstrap-servers=" + servers, "--ops-port=0"));
    line.addAll(options);
    int exitCode = ChildProcess.start(line, Map.of(), log).waitFor();
    if (exitCode != 0) {
      throw UserError.failed(
          "%s %s ended with exit code %d; %s says why".formatted(module, options, exitCode, log));
    }
  }

  private void requireEnoughImages(PresetResult result) {
    long left = settings.images() - result.images();
    if (left < 1 << 16) {
      throw UserError.failed(
          "%s trained on all %d images before its time was over: give more with --images"
              .formatted(result.preset(), settings.images()));
    }
  }

  private void write(List<PresetResult> results) throws IOException {
    Machine machine = Machine.here();
    Path folder = settings.output();
    for (PresetResult result : results) {
      byte[] sheet = result.sheet();
      if (sheet != null) {
        Files.write(folder.resolve(result.preset() + ".png"), sheet);
      }
    }
    Files.writeString(
        folder.resolve("presets.json"),
        Json.pretty(new Report(machine, settings.time().toSeconds(), settings.threads(), results)));
    Files.writeString(folder.resolve("PRESETS.md"), table(machine, results));
  }

  private String table(Machine machine, List<PresetResult> results) {
    return """
        # Presets after the same %d s each

        %s, %d cores, %s, OMP_WAIT_POLICY %s; %d threads.

        | preset | Fréchet distance | classes | images/s | steps | images | samples |
        | --- | --- | --- | --- | --- | --- | --- |
        %s
        """
        .formatted(
            settings.time().toSeconds(),
            machine.processor(),
            machine.cores(),
            machine.date(),
            machine.openMpWaitPolicy(),
            settings.threads(),
            results.stream().map(PresetResult::row).collect(Collectors.joining("\n")));
  }
}
