package io.github.kafkagan.bench.live;

import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.process.OpsMetrics;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What checkpoints cost at the trainer's defaults: bytes, and how long no step is taken for one.
 *
 * @param places of the pipeline
 * @param presets trained, one after the other
 * @param stateEvery how often a training state is saved, by default every minute
 */
public record CheckpointCost(
    LivePipeline.Places places, List<String> presets, Duration stateEvery) {
  /** As many as any preset can use. */
  private static final int IMAGES_PER_SECOND = 6_000;

  private static final Target ONE_STEP = Target.atMost(1);

  /** Measures. */
  public List<Result> run() throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    for (String preset : presets) {
      try (LivePipeline pipeline = LivePipeline.start(places.of(preset))) {
        OpsMetrics trainer =
            pipeline.trainer(preset, "--state-every=" + stateEvery.toSeconds() + "s");
        pipeline.producer(IMAGES_PER_SECOND);
        TimeUnit.NANOSECONDS.sleep(time().toNanos());
        pipeline.requireAlive();
        results.addAll(findings(preset, trainer));
      }
    }
    return results;
  }

  /** Two states, and the start of the trainer. */
  private Duration time() {
    return stateEvery.multipliedBy(2).plusSeconds(10);
  }

  private List<Result> findings(String preset, OpsMetrics trainer) {
    double step = trainer.meanSeconds(MetricNames.TRAINER_STEP, Map.of());
    double bytes = trainer.sum(MetricNames.TRAINER_CHECKPOINT_BYTES, "_total", Map.of());
    return List.of(
        known(preset + ", a step", "ms", step * 1000),
        pause(preset + ", pause for a generator ÷ a step", Slots.LATEST, trainer, step),
        pause(preset + ", pause for a state ÷ a step", Slots.STATE, trainer, step),
        known(preset + ", weights published", "MB/min", bytes / 1e6 / time().toSeconds() * 60));
  }

  private static Finding pause(String name, String slot, OpsMetrics trainer, double step) {
    double pause =
        trainer.meanSeconds(MetricNames.TRAINER_CHECKPOINT_PAUSE, Map.of(MetricNames.SLOT, slot));
    return Finding.wanted(name, "×", new Series(name, List.of(pause / step)), ONE_STEP);
  }

  private static Finding known(String name, String unit, double figure) {
    return Finding.known(name, unit, new Series(name, List.of(figure)));
  }
}
