package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;

/** The producer's process. */
public final class ProducerMain {
  private ProducerMain() {}

  public static void main(String[] arguments) {
    StopSignal stop = StopSignal.onTermination();
    System.exit(stop.finish(Cli.execute(new ProducerCommand(stop), arguments)));
  }
}
