package io.github.kafkagan.bench;

import io.github.kafkagan.pipeline.process.Cli;

/** The benchmarks' entry point. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.exit(Cli.execute(new BenchCommand(), arguments));
  }
}
