package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.bench.measure.ResidentMemory;
import io.github.kafkagan.broker.Signals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker is away or slow: processes wait, say so, and go on. */
@Tag("long")
class BrokerTroubleIT {
  /** Of a process's log while it waits; a flood has more each second. */
  private static final int FEW_LINES = 12;

  private static final double FLAT_MIB = 32;

  @Test
  void givenABrokerThatIsAwayThenProcessesSayItOnceWaitAndGoOn() throws Exception {
    Duration outage = ChaosSettings.fromSystemProperties().outage();
    try (Round round = Round.start("outage")) {
      Map<Victim, Integer> lines = lines(round);
      round.pipeline().kill(Victim.BROKER);
      long begin = System.nanoTime();

      // Each says so, by its health
      Map<Victim, String> reasons = new EnumMap<>(Victim.class);
      for (Victim who : lines.keySet()) {
        Ops ops = round.pipeline().member(who).ops();
        Await.until(who.label() + " says that it cannot work", () -> !ops.isReady());
        reasons.put(who, ops.reason());
      }
      double told = (System.nanoTime() - begin) / 1e9;

      // Waiting costs no memory, and few lines
      Await.pass(outage.dividedBy(2));
      Map<Victim, Double> before = memory(round);
      Await.pass(outage.dividedBy(2));
      Map<Victim, Double> after = memory(round);
      Map<Victim, Integer> written = lines(round);
      written.replaceAll((who, count) -> count - lines.getOrDefault(who, 0));
      round.pipeline().members().forEach(member -> assertThat(member.isAlive()).isTrue());

      // Back again, all go on
      long back = System.nanoTime();
      round.pipeline().restart(Victim.BROKER);
      double start = (System.nanoTime() - back) / 1e9;
      round.watch().awaitAllWork();
      double recovered = (System.nanoTime() - back) / 1e9;
      Outcome outcome = round.finish();
      round.requireWeightsOfAnUndisturbedRun();
      Report.publish(
          "outage",
          new Outage(
              outage.toSeconds(),
              told,
              reasons,
              written,
              before,
              after,
              start,
              recovered,
              outcome));

      assertThat(written.values()).allMatch(count -> count <= FEW_LINES);
      assertThat(after)
          .allSatisfy(
              (who, mib) -> assertThat(mib).isLessThan(before.getOrDefault(who, 0.0) + FLAT_MIB));
    }
  }

  @Test
  void givenASlowBrokerThenAllGoOnSlowly() throws Exception {
    try (Round round = Round.start("slow")) {
      long pid = round.pipeline().kafka().pid();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < end) {
        Signals.pause(pid);
        Await.pass(Duration.ofMillis(700));
        Signals.resume(pid);
        Await.pass(Duration.ofMillis(100));
      }
      round.watch().awaitAllWork();

      Outcome outcome = round.finish();
      round.requireWeightsOfAnUndisturbedRun();
      Report.publish("slow", outcome);
    }
  }

  @Test
  void givenATerminationWhileTheBrokerIsAwayThenEachProcessEndsInTime() throws Exception {
    try (Round round = Round.start("stop-without-broker")) {
      round.pipeline().kill(Victim.BROKER);
      for (Victim who : Victim.services()) {
        Ops ops = round.pipeline().member(who).ops();
        Await.until(who.label() + " says that it cannot work", () -> !ops.isReady());
      }
      Map<Victim, Double> seconds = new EnumMap<>(Victim.class);
      for (Victim who : Victim.services()) {
        // A trainer cannot save its state, and says so.
        int code = who == Victim.TRAINER ? 1 : 0;
        seconds.put(who, round.pipeline().member(who).stop(code).toMillis() / 1000.0);
      }
      Report.publish("stop-without-broker", seconds);
      assertThat(round.pipeline().member(Victim.TRAINER).log())
          .anyMatch(line -> line.matches("error: step \\d+ could not be saved .*"));
    }
  }

  private static Map<Victim, Integer> lines(Round round) {
    Map<Victim, Integer> lines = new EnumMap<>(Victim.class);
    for (Victim who : Victim.services()) {
      lines.put(who, round.pipeline().member(who).log().size());
    }
    return lines;
  }

  private static Map<Victim, Double> memory(Round round) {
    Map<Victim, Double> memory = new EnumMap<>(Victim.class);
    for (Victim who : Victim.services()) {
      memory.put(who, ResidentMemory.of(round.pipeline().pid(who)));
    }
    return memory;
  }

  /**
   * For the report.
   *
   * @param seconds that the broker was away after all had said so
   * @param toldSeconds until all had said so
   * @param reasons that their health gave
   * @param lines that they wrote meanwhile
   * @param residentBefore in MiB, halfway
   * @param residentAfter in MiB, at the end
   * @param brokerStart seconds
   * @param recovered seconds from the broker's start until all worked
   */
  record Outage(
      long seconds,
      double toldSeconds,
      Map<Victim, String> reasons,
      Map<Victim, Integer> lines,
      Map<Victim, Double> residentBefore,
      Map<Victim, Double> residentAfter,
      double brokerStart,
      double recovered,
      Outcome outcome) {}
}
