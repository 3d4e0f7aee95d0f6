package io.github.kafkagan.chaos;

import io.github.kafkagan.pipeline.process.Durations;
import java.time.Duration;

/**
 * What a round is told by {@code -Dchaos.…}; the module's pom.xml has the defaults.
 *
 * @param seed where the order of faults and the moments between them come from
 * @param kills how many processes are killed
 * @param outage how long the broker is away
 * @param recovery how long a killed process may take beyond its start; on a machine that does other
 *     work too, longer
 * @param stall how long a process is stopped before it goes on
 * @param soak how long the pipeline runs under load
 */
record ChaosSettings(
    long seed, int kills, Duration outage, Duration recovery, Duration stall, Duration soak) {
  ChaosSettings {
    if (kills < 1) {
      throw new IllegalArgumentException("chaos.kills must be at least 1, was " + kills);
    }
  }

  static ChaosSettings fromSystemProperties() {
    return new ChaosSettings(
        Long.parseLong(text("seed")),
        Integer.parseInt(text("kills")),
        duration("outage"),
        duration("recovery"),
        duration("stall"),
        duration("soak"));
  }

  private static Duration duration(String name) {
    return new Durations().convert(text(name));
  }

  private static String text(String name) {
    String value = System.getProperty("chaos." + name);
    if (value == null) {
      throw new IllegalStateException("chaos." + name + " is not set; Maven's failsafe sets it");
    }
    return value;
  }
}
