package io.github.kafkagan.bench.live;

import io.github.kafkagan.bench.client.Answer;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Spread;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.process.OpsMetrics;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from an image's production to the first generated image of a model that saw it,
 * as a client sees it. The producer keeps pace with the trainer, as the demo's does, so that images
 * do not pile up.
 *
 * @param places of the pipeline
 * @param preset trained
 */
public record Freshness(LivePipeline.Places places, String preset, Rounds rounds) {
  /** By default a checkpoint every 5 s; the median image waits half of that. */
  private static final Target INTERVAL_AND_A_SECOND = Target.atMost(6);

  /** In which a checkpoint comes for sure. */
  private static final Duration LEAST_WINDOW = Duration.ofSeconds(12);

  private static final int IMAGES_AHEAD = 1_000;
  private static final int REQUESTS_PER_SECOND = 20;
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** The images between two checkpoints came evenly; so many of them are looked at. */
  private static final int SAMPLES = 50;

  /** What a client has seen of the newest image behind the answers. */
  private static final class Seen {
    private final List<Double> seconds = new ArrayList<>();
    private long newest;

    void answer(Answer answer, long now) {
      answer.requireImage();
      long timestamp = answer.newestImageTimestamp();
      if (newest > 0 && timestamp > newest) {
        for (int sample = 0; sample < SAMPLES; sample++) {
          double produced = newest + (timestamp - newest) * (sample + 0.5) / SAMPLES;
          seconds.add((now - produced) / 1000);
        }
      }
      newest = Math.max(newest, timestamp);
    }

    List<Double> take() {
      List<Double> taken = List.copyOf(seconds);
      seconds.clear();
      return taken;
    }
  }

  /** Measures. */
  public List<Result> run() throws IOException, InterruptedException {
    try (LivePipeline pipeline = LivePipeline.start(places)) {
      // The stream goes by what the trainer says.
      OpsMetrics trainer = pipeline.trainer(preset, "--log-every=5");
      pipeline.generatorService();
      pipeline.producer(0, "--max-lag=" + IMAGES_AHEAD);
      trainer.awaitMoreThanNone(MetricNames.TRAINER_STEPS, "_total", pipeline::requireAlive);
      List<Double> medians = new ArrayList<>();
      List<Double> slowest = new ArrayList<>();
      Seen seen = new Seen();
      try (Requester requester = Requester.open(pipeline.channel());
          OpenLoop loop = OpenLoop.start(requester, REQUESTS_PER_SECOND)) {
        watch(pipeline, requester, seen, rounds.warmUp());
        seen.take();
        for (int round = 0; round < rounds.count(); round++) {
          watch(pipeline, requester, seen, window());
          loop.requireAsking();
          Spread spread = Spread.of(seen.take());
          medians.add(spread.median());
          slowest.add(spread.max());
        }
      }
      return List.of(
          Finding.wanted(
              "freshness, median image of a turn",
              "s",
              new Series("", medians),
              INTERVAL_AND_A_SECOND),
          Finding.known("freshness, slowest image of a turn", "s", new Series("", slowest)));
    }
  }

  private Duration window() {
    return rounds.window().compareTo(LEAST_WINDOW) < 0 ? LEAST_WINDOW : rounds.window();
  }

  private static void watch(
      LivePipeline pipeline, Requester requester, Seen seen, Duration window) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < window.toNanos()) {
      pipeline.requireAlive();
      List<Answer> answers = requester.poll(GLANCE);
      long now = System.currentTimeMillis();
      answers.forEach(answer -> seen.answer(answer, now));
    }
  }
}
