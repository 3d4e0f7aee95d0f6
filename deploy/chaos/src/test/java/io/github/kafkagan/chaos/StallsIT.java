package io.github.kafkagan.chaos;

import io.github.kafkagan.broker.Signals;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes stand still for longer than sessions, poll intervals and transactions last. */
@Tag("long")
class StallsIT {
  @ParameterizedTest
  @EnumSource
  void givenAProcessThatStoodStillThenItGoesOnAndNothingIsLostOrRepeated(Victim who)
      throws Exception {
    ChaosSettings settings = ChaosSettings.fromSystemProperties();
    String name = "stall-" + who.label();
    try (Round round = Round.start(name)) {
      long pid = round.pipeline().pid(who);
      long begin = System.nanoTime();
      Signals.pause(pid);
      Await.pass(settings.stall());
      Signals.resume(pid);
      long resumed = System.nanoTime();
      round.watch().awaitAllWork();
      double recovered = (System.nanoTime() - resumed) / 1e9;

      Outcome outcome = round.finish();
      round.requireWeightsOfAnUndisturbedRun();
      Report.publish(name, new Stall(who, (resumed - begin) / 1e9, recovered, outcome));
    }
  }

  /**
   * For the report.
   *
   * @param stalled seconds
   * @param recovered seconds from the process's going on until all processes work
   */
  record Stall(Victim victim, double stalled, double recovered, Outcome outcome) {}
}
