package io.github.kafkagan.bench.live;

import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.bench.process.OpsMetrics;
import io.github.kafkagan.broker.Signals;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The trainer's speed while a producer and a generator service work on the same cores, against the
 * same trainer's while they are stopped. The broker works in both: it feeds the trainer.
 *
 * @param places of the pipeline
 * @param presets trained, one after the other
 * @param ahead for how long images are streamed before anything is measured, so that the trainer
 *     never waits for them
 * @param each told every outcome as soon as it is there
 */
public record Together(
    LivePipeline.Places places,
    List<String> presets,
    Duration ahead,
    Rounds rounds,
    Consumer<Outcome> each) {
  private static final Target THAN_ALONE = Target.atLeast(0.5);
  private static final int IMAGES_PER_SECOND = 1_000;
  private static final int REQUESTS_PER_SECOND = 50;

  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final int LEAD_IN_SHARE = 5;

  /** Measures. */
  public List<Outcome> run() throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (String preset : presets) {
      try (LivePipeline pipeline = LivePipeline.start(places.of(preset))) {
        Outcome outcome = run(preset, pipeline);
        each.accept(outcome);
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private Outcome run(String preset, LivePipeline pipeline) throws InterruptedException {
    LoggedProcess before = pipeline.producer(0);
    TimeUnit.NANOSECONDS.sleep(ahead.toNanos());
    pipeline.end(before);
    OpsMetrics trainer = pipeline.trainer(preset);
    List<LoggedProcess> others =
        List.of(pipeline.generatorService(), pipeline.producer(IMAGES_PER_SECOND));
    trainer.awaitMoreThanNone(MetricNames.TRAINER_STEPS, "_total", pipeline::requireAlive);
    try (Requester requester = Requester.open(pipeline.channel())) {
      List<List<Double>> rates =
          Turns.take(
              List.of(
                  window -> together(requester, trainer, window),
                  window -> alone(others, trainer, window)),
              rounds);
      pipeline.requireAlive();
      return Outcome.of(
          "together " + preset,
          "images/s",
          new Series("with producer and service", rates.get(0)),
          new Series("alone with the broker", rates.get(1)),
          THAN_ALONE);
    }
  }

  private static double together(Requester requester, OpsMetrics trainer, Duration window) {
    try (OpenLoop loop = OpenLoop.start(requester, REQUESTS_PER_SECOND)) {
      answer(requester, window.dividedBy(LEAD_IN_SHARE));
      double before = images(trainer);
      long begin = System.nanoTime();
      answer(requester, window);
      loop.requireAsking();
      return (images(trainer) - before) * 1e9 / (System.nanoTime() - begin);
    } finally {
      while (requester.open() > 0) {
        requester.poll(GLANCE);
      }
    }
  }

  private static void answer(Requester requester, Duration time) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < time.toNanos()) {
      requester.poll(GLANCE);
    }
  }

  private static double alone(List<LoggedProcess> others, OpsMetrics trainer, Duration window) {
    others.forEach(process -> Signals.pause(process.pid()));
    try {
      TimeUnit.NANOSECONDS.sleep(window.dividedBy(LEAD_IN_SHARE).toNanos());
      double before = images(trainer);
      long begin = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(window.toNanos());
      return (images(trainer) - before) * 1e9 / (System.nanoTime() - begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      others.forEach(process -> Signals.resume(process.pid()));
    }
  }

  private static double images(OpsMetrics trainer) {
    return trainer.sum(MetricNames.TRAINER_IMAGES, "_total", Map.of());
  }
}
