package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.broker.ScratchFolder;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker's disk is full, the broker ends, somebody makes room and starts it again. */
@Tag("long")
class FullDiskIT {
  @Test
  void givenAFullDiskThenProcessesWaitAndGoOnWhenThereIsRoom() throws Exception {
    try (ScratchFolder mountPoint = ScratchFolder.create()) {
      Optional<SmallDisk> mounted = SmallDisk.mount(mountPoint.path());
      assumeTrue(mounted.isPresent(), "needs a small disk: run as root, to mount a tmpfs");
      ScratchFolder folder = ScratchFolder.create();
      try (SmallDisk disk = mounted.get();
          OneBroker kafka = OneBroker.start(disk.path().resolve("kafka"));
          Round round = Round.start("full-disk", kafka, folder, Round.PACE)) {
        disk.fill();
        Await.until("the broker has ended", () -> !kafka.isAlive());
        for (Victim who : Victim.services()) {
          Member member = round.pipeline().member(who);
          Await.until(who.label() + " says that it cannot work", () -> !member.ops().isReady());
          assertThat(member.isAlive()).isTrue();
        }

        disk.free();
        kafka.restart();
        round.watch().awaitAllWork();

        Outcome outcome = round.finish();
        round.requireWeightsOfAnUndisturbedRun();
        Report.publish("full-disk", outcome);
      }
    }
  }
}
