package io.github.kafkagan.bench.peer;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;

/** A peer's entry point; see {@link PeerCommand}. */
public final class PeerMain {
  private PeerMain() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    StopSignal stop = StopSignal.onTermination();
    System.exit(stop.finish(Cli.execute(new PeerCommand(stop), arguments)));
  }
}
