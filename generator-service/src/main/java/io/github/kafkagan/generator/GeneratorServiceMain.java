package io.github.kafkagan.generator;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;

/** Where the process starts. */
public final class GeneratorServiceMain {
  private GeneratorServiceMain() {}

  /** Runs the service until it is stopped. */
  public static void main(String[] arguments) {
    StopSignal stop = StopSignal.onTermination();
    System.exit(stop.finish(Cli.execute(new GeneratorServiceCommand(stop), arguments)));
  }
}
