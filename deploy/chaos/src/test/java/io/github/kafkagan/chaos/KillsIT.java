package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes are killed at random moments, under load, and go on as if nothing had happened. */
class KillsIT {
  @Test
  void givenKillsAtRandomMomentsThenNothingIsLostRepeatedOrMadeUp() throws Exception {
    ChaosSettings settings = ChaosSettings.fromSystemProperties();
    List<Recovery> recoveries = new ArrayList<>();
    try (Round round = Round.start("kills")) {
      for (Strike strike : Strike.plan(settings.seed(), settings.kills())) {
        Await.pass(strike.pause());
        if (strike.awaited()) {
          recoveries.add(round.watch().killAndAwait(strike.victim()));
        } else {
          round.pipeline().kill(strike.victim());
          round.pipeline().restart(strike.victim());
        }
      }
      Outcome outcome = round.finish();
      Report.of(settings.seed(), settings.kills(), recoveries, outcome).publish("kills");
      round.requireWeightsOfAnUndisturbedRun();
      assertThat(recoveries)
          .allSatisfy(
              recovery -> assertThat(recovery.beyondStart()).isLessThan(settings.recovery()));
    }
  }
}
