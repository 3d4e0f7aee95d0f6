package io.github.kafkagan.bench;

import io.github.kafkagan.bench.measure.Comparison;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.training.TrainingSides;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.pipeline.process.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmarks' command line. */
@Command(
    name = "deploy/bench.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares the pipeline's speed with what people would use instead.")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--presets", split = ",")
  private List<String> presets = List.of("mlp-1024", "dcgan");

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--window", converter = Durations.class)
  private Duration window = Duration.ofSeconds(5);

  @Option(names = "--threads")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    Backend.useThreads(threads);
    for (String preset : presets) {
      try (Side ours = TrainingSides.ours(preset);
          Side djl = TrainingSides.plainDjl(preset)) {
        System.out.println(
            Comparison.run(
                    "training " + preset,
                    "images",
                    ours,
                    djl,
                    1.8,
                    new Rounds(window, rounds, window))
                .describe());
      }
    }
    return ExitCode.DONE.code();
  }
}
