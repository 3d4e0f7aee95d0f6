package io.github.kafkagan.bench;

import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.process.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param home the project's folder
 * @param output for results
 * @param presets to train; each measurement's own if empty
 * @param trainingThreads of PyTorch, where it trains
 * @param serviceThreads of PyTorch, where it answers requests
 * @param quick only to see that it works
 * @param steps of a soak
 * @param swaps to watch memory over
 * @param time for each preset
 * @param images that presets have to train on
 * @param dataDir folder of real images; null to fetch them
 */
record BenchSettings(
    Path home,
    Path output,
    List<String> presets,
    int trainingThreads,
    int serviceThreads,
    Rounds rounds,
    boolean quick,
    long steps,
    int swaps,
    Duration time,
    long images,
    @Nullable Path dataDir) {
  BenchSettings {
    presets = List.copyOf(presets);
    for (String preset : presets) {
      if (!Preset.names().contains(preset)) {
        throw UserError.usage("--preset must be of %s, was %s".formatted(Preset.names(), preset));
      }
    }
    if (steps < 1 || swaps < 1 || images < 1 || trainingThreads < 1 || serviceThreads < 1) {
      throw UserError.usage("--steps, --swaps, --images and --threads must be more than 0");
    }
  }

  List<String> presetsOr(List<String> others) {
    return presets.isEmpty() ? others : presets;
  }

  /** For the producer's search for real images. */
  List<String> datasetOptions() {
    List<String> options = new ArrayList<>(List.of("--dataset=mnist"));
    if (dataDir != null) {
      options.add("--data-dir=" + dataDir);
    }
    return options;
  }
}
