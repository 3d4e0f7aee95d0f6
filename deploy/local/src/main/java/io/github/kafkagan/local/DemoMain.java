package io.github.kafkagan.local;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;

/** The demo's entry point. */
public final class DemoMain {
  /** Four processes are stopped one after the other, each within 15 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private DemoMain() {}

  public static void main(String[] arguments) {
    // This process's own output is the view; what its Kafka clients log would run through it.
    System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka", "off");
    StopSignal stop = StopSignal.onTermination(PATIENCE);
    System.exit(stop.finish(Cli.execute(new DemoCommand(stop), arguments)));
  }
}
