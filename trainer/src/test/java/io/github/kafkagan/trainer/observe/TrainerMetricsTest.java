package io.github.kafkagan.trainer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.trainer.observe.TrainerMetrics.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/**
 * What has not happened yet is counted as 0: a rate and an alert need a number before the first.
 */
class TrainerMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void checkpointsOfEverySlotAreCountedFromTheStart() {
    TrainerMetrics metrics = new TrainerMetrics(registry);

    assertThat(registry.get(MetricNames.TRAINER_CHECKPOINTS).counters())
        .extracting(counter -> counter.getId().getTag(MetricNames.SLOT))
        .contains(
            Slots.LATEST,
            Slots.BEST,
            Slots.DISCRIMINATOR,
            Slots.STATE,
            Slots.BEST_STATE,
            Slots.CLASSIFIER);
    assertThat(failed(Slots.STATE).count()).isZero();
    assertThat(registry.get(MetricNames.TRAINER_CHECKPOINTS).counters())
        .extracting(Counter::count)
        .containsOnly(0.0);

    metrics.checkpoint(Slots.STATE, Outcome.FAILED);

    assertThat(failed(Slots.STATE).count()).isEqualTo(1);
    assertThat(failed(Slots.LATEST).count()).isZero();
  }

  @Test
  void collapsesThatMayComeAreCountedFromTheStart() {
    QualityMetrics metrics = new QualityMetrics(registry);
    metrics.mayCollapse("CLASSES_LOST", "WARN");
    metrics.mayCollapse("DISTANCE", "WARN");

    metrics.collapsed("DISTANCE", "WARN");

    assertThat(collapses("classes_lost").count()).isZero();
    assertThat(collapses("distance").count()).isEqualTo(1);
  }

  private Counter failed(String slot) {
    return registry
        .get(MetricNames.TRAINER_CHECKPOINTS)
        .tags(MetricNames.SLOT, slot, MetricNames.OUTCOME, "failed")
        .counter();
  }

  private Counter collapses(String reason) {
    return registry
        .get(MetricNames.TRAINER_COLLAPSES)
        .tags(MetricNames.REASON, reason, MetricNames.ACTION, "warn")
        .counter();
  }
}
