package io.github.kafkagan.trainer;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;

/** The trainer process. */
public final class TrainerMain {
  private TrainerMain() {}

  public static void main(String[] arguments) {
    StopSignal stop = StopSignal.onTermination();
    System.exit(stop.finish(Cli.execute(new TrainerCommand(stop), arguments)));
  }
}
