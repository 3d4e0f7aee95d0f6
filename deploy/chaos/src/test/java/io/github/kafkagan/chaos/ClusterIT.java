package io.github.kafkagan.chaos;

import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.broker.Signals;
import io.github.kafkagan.pipeline.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster loses the broker that leads; another one leads, and the pipeline goes on. */
@Tag("long")
class ClusterIT {
  private static final int LOSSES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(20);

  @Test
  void givenAClusterThatLosesItsLeaderThenAllGoOnWithoutIt() throws Exception {
    ScratchFolder folder = ScratchFolder.create();
    String images = new Topics(Topics.DEFAULT_PREFIX).images().name();
    ThreeBrokers kafka = ThreeBrokers.start(folder.path().resolve("kafka"), images);
    try (Round round = Round.start("cluster", kafka, folder, Round.PACE)) {
      List<Double> killed = new ArrayList<>();
      for (int loss = 0; loss < LOSSES; loss++) {
        kafka.kill();
        killed.add(secondsUntilAllWork(round));
        kafka.restart();
        Await.until("the broker is in sync again", kafka::isInSync);
      }

      // One that neither answers nor ends
      long pid = kafka.pid();
      Signals.pause(pid);
      double paused = secondsUntilAllWork(round);
      Await.pass(PAUSE);
      Signals.resume(pid);
      Await.until("the broker is in sync again", kafka::isInSync);

      Outcome outcome = round.finish();
      round.requireWeightsOfAnUndisturbedRun();
      Report.publish("cluster", new Losses(killed, paused, outcome));
    }
  }

  private static double secondsUntilAllWork(Round round) {
    long begin = System.nanoTime();
    round.watch().awaitAllWork();
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * For the report: seconds until all worked without the leader.
   *
   * @param killed that was killed
   * @param paused that stood still
   */
  record Losses(List<Double> killed, double paused, Outcome outcome) {}
}
