package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.ScratchFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pipeline under load for long: as fast at the end as at the start, and no larger. */
@Tag("long")
class SoakIT {
  /** The stream waits for the trainer, who thus always has work. */
  private static final String PACE = "--max-lag=2000";

  /** Until the JVMs have compiled what they use, and caches are full. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  private static final int SAMPLES = 12;
  private static final double SPEED_KEPT = 0.95;

  @Test
  void givenALongTimeUnderLoadThenSpeedStaysAndNothingGrows() throws Exception {
    Duration soak = ChaosSettings.fromSystemProperties().soak();
    ScratchFolder folder = ScratchFolder.create();
    OneBroker kafka = OneBroker.start(folder.path().resolve("kafka"));
    try (Round round = Round.start("soak", kafka, folder, PACE)) {
      Await.pass(WARM_UP);
      List<Sample> samples = new ArrayList<>();
      samples.add(Sample.take(round));
      for (int i = 0; i < SAMPLES; i++) {
        Await.pass(soak.dividedBy(SAMPLES));
        round.load().check();
        round.pipeline().members().forEach(member -> assertThat(member.isAlive()).isTrue());
        samples.add(Sample.take(round));
      }

      int quarter = SAMPLES / 4;
      double first = imagesPerSecond(samples.get(0), samples.get(quarter));
      double last = imagesPerSecond(samples.get(SAMPLES - quarter), samples.get(SAMPLES));
      // Before an account that may be red: an hour is not to be repeated for its figures.
      Report.publish("soak", new Soak(soak.toSeconds(), first, last, samples));
      Report.publish("soak-outcome", round.finish());
      assertThat(last).as("images per second at the end").isGreaterThan(SPEED_KEPT * first);
      for (Victim who : Victim.services()) {
        ProcessSample before = least(samples.subList(quarter, 2 * quarter + 1), who);
        ProcessSample after = least(samples.subList(SAMPLES - quarter, SAMPLES + 1), who);
        after.requireNoMoreThan(before, who.label());
      }
    }
  }

  /** What a process holds between a checkpoint and the next; while it makes one, it holds more. */
  private static ProcessSample least(List<Sample> samples, Victim who) {
    return samples.stream()
        .map(sample -> sample.of(who))
        .reduce(ProcessSample::least)
        .orElseThrow();
  }

  private static double imagesPerSecond(Sample from, Sample to) {
    return (to.imagesTrained() - from.imagesTrained()) / (to.seconds() - from.seconds());
  }

  /**
   * All at one moment.
   *
   * @param seconds of a clock
   */
  record Sample(
      double seconds, double imagesTrained, long requests, Map<Victim, ProcessSample> processes) {
    static Sample take(Round round) {
      Pipeline pipeline = round.pipeline();
      double images =
          pipeline.member(Victim.TRAINER).ops().metric("gan_trainer_images_total").orElseThrow();
      double seconds = System.nanoTime() / 1e9;
      Map<Victim, ProcessSample> processes = new EnumMap<>(Victim.class);
      for (Victim who : Victim.services()) {
        processes.put(who, ProcessSample.take(pipeline.member(who)));
      }
      return new Sample(seconds, images, round.load().asked(), processes);
    }

    ProcessSample of(Victim who) {
      return Objects.requireNonNull(processes.get(who));
    }
  }

  /** For the report. */
  record Soak(
      long seconds,
      double imagesPerSecondFirst,
      double imagesPerSecondLast,
      List<Sample> samples) {}
}
