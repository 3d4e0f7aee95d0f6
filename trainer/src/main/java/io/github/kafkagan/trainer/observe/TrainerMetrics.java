package io.github.kafkagan.trainer.observe;

import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.trainer.step.StepResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The trainer's meters. Any thread may record. */
public final class TrainerMetrics {
  private static final List<String> SLOTS =
      List.of(
          Slots.LATEST,
          Slots.BEST,
          Slots.DISCRIMINATOR,
          Slots.STATE,
          Slots.BEST_STATE,
          Slots.CLASSIFIER);

  private final MeterRegistry registry;
  private final Counter images;
  private final Counter steps;
  private final Counter rejected;
  private final Counter eventsDropped;
  private final Timer step;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong unordered = new AtomicLong();
  private final AtomicLong replayPass = new AtomicLong();
  private volatile @Nullable StepResult last;

  public TrainerMetrics(MeterRegistry registry) {
    this.registry = registry;
    images = counter(MetricNames.TRAINER_IMAGES, "Images trained on");
    steps = counter(MetricNames.TRAINER_STEPS, "Generator steps");
    rejected = counter(MetricNames.TRAINER_REJECTED, "Records that were no images of this model's");
    eventsDropped =
        counter(MetricNames.TRAINER_EVENTS_DROPPED, "Events that could not be sent at once");
    step =
        Timer.builder(MetricNames.TRAINER_STEP)
            .description("One discriminator and one generator step")
            .publishPercentileHistogram()
            .register(registry);
    Gauge.builder(MetricNames.TRAINER_LAG, lag, AtomicLong::get)
        .description("Images in the topic not yet trained on")
        .register(registry);
    Gauge.builder(MetricNames.TRAINER_REPLAY_PASS, replayPass, AtomicLong::get)
        .description("Pass of the replay, from 1; 0 while it is the stream")
        .register(registry);
    count(MetricNames.TRAINER_MISSING, "Stream positions that were deleted unread", missing);
    count(MetricNames.TRAINER_UNORDERED, "Records without a place in the stream", unordered);
    loss("discriminator");
    loss("generator");
    score("real");
    score("fake");
    // All from the start, at 0: the first of its kind is an increase then, and can be seen.
    for (String slot : SLOTS) {
      checkpoints(slot, Outcome.PUBLISHED);
      checkpoints(slot, Outcome.FAILED);
      bytes(slot);
      pause(slot);
    }
    checkpoints(Slots.LATEST, Outcome.SKIPPED);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void count(String name, String description, AtomicLong count) {
    FunctionCounter.builder(name, count, AtomicLong::get)
        .description(description)
        .register(registry);
  }

  private void loss(String network) {
    Gauge.builder(MetricNames.TRAINER_LOSS, this, metrics -> metrics.last(network))
        .description("Loss of the newest step")
        .tag(MetricNames.NETWORK, network)
        .register(registry);
  }

  private void score(String source) {
    Gauge.builder(MetricNames.TRAINER_SCORE, this, metrics -> metrics.last(source))
        .description("The discriminator's mean output as a probability")
        .tag(MetricNames.SOURCE, source)
        .register(registry);
  }

  /** NaN before the first step, which Prometheus shows as a gap. */
  private double last(String value) {
    StepResult result = last;
    if (result == null) {
      return Double.NaN;
    }
    return switch (value) {
      case "discriminator" -> result.lossDiscriminator();
      case "generator" -> result.lossGenerator();
      case "real" -> result.scoreReal();
      default -> result.scoreFake();
    };
  }

  /** One discriminator and one generator step on a mini-batch. */
  public void step(StepResult result, int batchSize, Duration took) {
    last = result;
    images.increment(batchSize);
    steps.increment();
    step.record(took);
  }

  /** A record went to the rejected topic. */
  public void rejected() {
    rejected.increment();
  }

  /** An event could not be sent at once. */
  public void eventDropped() {
    eventsDropped.increment();
  }

  /** No step was taken for so long, because a checkpoint's weights were copied. */
  public void paused(String slot, Duration took) {
    pause(slot).record(took);
  }

  private Timer pause(String slot) {
    return Timer.builder(MetricNames.TRAINER_CHECKPOINT_PAUSE)
        .description("How long no step was taken, because of a checkpoint")
        .tag(MetricNames.SLOT, slot)
        .register(registry);
  }

  /** A checkpoint was published. */
  public void published(String slot, long bytes) {
    checkpoint(slot, Outcome.PUBLISHED);
    bytes(slot).increment((double) bytes);
  }

  private Counter bytes(String slot) {
    return Counter.builder(MetricNames.TRAINER_CHECKPOINT_BYTES)
        .description("Bytes of weights in published checkpoints")
        .tag(MetricNames.SLOT, slot)
        .register(registry);
  }

  /** A checkpoint was published, skipped or failed. */
  public void checkpoint(String slot, Outcome outcome) {
    checkpoints(slot, outcome).increment();
  }

  private Counter checkpoints(String slot, Outcome outcome) {
    return Counter.builder(MetricNames.TRAINER_CHECKPOINTS)
        .description("Checkpoints, by what became of them")
        .tag(MetricNames.SLOT, slot)
        .tag(MetricNames.OUTCOME, outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /** How a checkpoint ended. */
  public enum Outcome {
    PUBLISHED,
    /** The one before was still being published. */
    SKIPPED,
    FAILED
  }

  /** Which pass of a replay is being read; 0 if it is the stream. */
  public void replayPass(int pass) {
    replayPass.set(pass);
  }

  /**
   * How the stream stands.
   *
   * @param lag images in the topic not yet trained on
   * @param missing positions that are gone, since this process started
   * @param unordered records without a place in the stream, since this process started
   */
  public void stream(long lag, long missing, long unordered) {
    this.lag.set(lag);
    this.missing.set(missing);
    this.unordered.set(unordered);
  }
}
