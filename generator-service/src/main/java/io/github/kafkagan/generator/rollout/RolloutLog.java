package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.checkpoint.SlotKey;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of each checkpoint: one count and one line. */
final class RolloutLog {
  private static final Logger log = LoggerFactory.getLogger(RolloutLog.class);

  private final MeterRegistry registry;
  private final ServedModels models;
  private final AtomicBoolean foreignTold = new AtomicBoolean();
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  RolloutLog(MeterRegistry registry, ServedModels models) {
    this.registry = registry;
    this.models = models;
    for (SwapOutcome outcome : SwapOutcome.values()) {
      var unused = swaps(outcome);
    }
  }

  /** A generator has been built and warmed up. */
  void built(Manifest manifest, Duration took) {
    String model = manifest.model();
    SwapOutcome outcome = outcome(manifest);
    count(outcome);
    if (shown.add(model)) {
      gauge(MetricNames.GENERATOR_CHECKPOINT_STEP, model, Manifest::step)
          .description("Step of the checkpoint being served")
          .register(registry);
      gauge(MetricNames.GENERATOR_STALENESS, model, RolloutLog::staleness)
          .description("Age of the newest image that the checkpoint being served was trained on")
          .register(registry);
      Gauge.builder(MetricNames.GENERATOR_HELD_BACK, models, all -> all.holdsBack(model) ? 1 : 0)
          .tag(MetricNames.MODEL, model)
          .description("1 while the newest checkpoint is not served because of its quality, else 0")
          .register(registry);
    }
    log.atInfo()
        .addKeyValue("model", model)
        .addKeyValue("slot", manifest.slot())
        .addKeyValue("step", manifest.step())
        .addKeyValue("version", manifest.version())
        .addKeyValue("sha256", manifest.sha256())
        .addKeyValue("tookMs", took.toMillis())
        .log(
            switch (outcome) {
              case SERVED -> "Checkpoint served";
              case HELD_BACK -> "Checkpoint held back: it is much worse than the best one";
              default -> "Checkpoint loaded";
            });
  }

  private SwapOutcome outcome(Manifest manifest) {
    String model = manifest.model();
    if (models.manifest(model).filter(manifest::equals).isPresent()) {
      return SwapOutcome.SERVED;
    }
    return manifest.slot().equals(Slots.LATEST) && models.holdsBack(model)
        ? SwapOutcome.HELD_BACK
        : SwapOutcome.LOADED;
  }

  private Gauge.Builder<ServedModels> gauge(
      String name, String model, ToDoubleFunction<Manifest> figure) {
    return Gauge.builder(
            name,
            models,
            served -> served.manifest(model).map(figure::applyAsDouble).orElse(Double.NaN))
        .tag(MetricNames.MODEL, model);
  }

  private static double staleness(Manifest manifest) {
    long newest = manifest.newestImageTimestamp();
    // Clocks differ: what comes from the future is from now.
    return newest == 0 ? Double.NaN : Math.max(0, System.currentTimeMillis() - newest) / 1000.0;
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

  /** What stands in a manifest's place is none that can be read. */
  void unreadable(SlotKey key, String reason) {
    count(SwapOutcome.BROKEN);
    log.atWarn()
        .addKeyValue("model", key.model())
        .addKeyValue("slot", key.slot())
        .addKeyValue("outcome", SwapOutcome.BROKEN.label())
        .addKeyValue("reason", reason)
        .log("Checkpoint not served");
  }

  /** A stranger may write many of them: each is counted, the first is told. */
  void foreign(long offset, String reason) {
    count(SwapOutcome.FOREIGN);
    if (foreignTold.compareAndSet(false, true)) {
      log.atWarn()
          .addKeyValue("offset", offset)
          .addKeyValue("reason", reason)
          .log("Record in the checkpoints topic passed over; further ones are only counted");
    }
  }

  private void count(SwapOutcome outcome) {
    swaps(outcome).increment();
  }

  private Counter swaps(SwapOutcome outcome) {
    return Counter.builder(MetricNames.GENERATOR_SWAPS)
        .description("Attempts to replace the generator being served")
        .tag(MetricNames.OUTCOME, outcome.label())
        .register(registry);
  }
}
