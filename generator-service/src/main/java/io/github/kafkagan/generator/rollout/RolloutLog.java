package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of each checkpoint: one count and one line. */
final class RolloutLog {
  private static final Logger log = LoggerFactory.getLogger(RolloutLog.class);

  private final MeterRegistry registry;
  private final ServedModels models;
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  RolloutLog(MeterRegistry registry, ServedModels models) {
    this.registry = registry;
    this.models = models;
    for (SwapOutcome outcome : SwapOutcome.values()) {
      registry.counter(MetricNames.GENERATOR_SWAPS, MetricNames.OUTCOME, outcome.label());
    }
  }

  void served(Manifest manifest, Duration took) {
    count(SwapOutcome.SERVED);
    String model = manifest.model();
    if (shown.add(model)) {
      Gauge.builder(MetricNames.GENERATOR_CHECKPOINT_STEP, models, served -> step(served, model))
          .tag(MetricNames.MODEL, model)
          .description("Step of the checkpoint being served")
          .register(registry);
    }
    log.atInfo()
        .addKeyValue("model", model)
        .addKeyValue("step", manifest.step())
        .addKeyValue("version", manifest.version())
        .addKeyValue("sha256", manifest.sha256())
        .addKeyValue("tookMs", took.toMillis())
        .log("Checkpoint served");
  }

  void refused(Manifest manifest, SwapOutcome outcome, String reason) {
    count(outcome);
    log.atWarn()
        .addKeyValue("model", manifest.model())
        .addKeyValue("step", manifest.step())
        .addKeyValue("version", manifest.version())
        .addKeyValue("outcome", outcome.label())
        .addKeyValue("reason", reason)
        .log("Checkpoint not served");
  }

  void foreign(long offset, String reason) {
    count(SwapOutcome.FOREIGN);
    log.atWarn()
        .addKeyValue("offset", offset)
        .addKeyValue("reason", reason)
        .log("Record in the checkpoints topic passed over");
  }

  private void count(SwapOutcome outcome) {
    registry.counter(MetricNames.GENERATOR_SWAPS, MetricNames.OUTCOME, outcome.label()).increment();
  }

  private static double step(ServedModels models, String model) {
    return models.manifest(model).map(Manifest::step).map(Long::doubleValue).orElse(Double.NaN);
  }
}
