package io.github.kafkagan.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.observe.TrainerMetrics.Outcome;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Decides between two steps what is to be published, and copies it out of the networks. Publishing
 * itself happens beside training; if the one before is still in flight, a generator is skipped and
 * counted, anything else waits.
 */
public final class Checkpoints implements AutoCloseable {
  private static final long NEVER = -1;
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final SheetRenderer sheets;
  private final Optional<DiscriminatorSpec> discriminator;
  private final BackgroundPublisher publisher;
  private final TrainerMetrics metrics;
  private final Due serving;
  private final Due state;
  private final Due retry;

  /** By slot; a newer one replaces one that still waits. */
  private final Map<String, Checkpoint> waiting = new LinkedHashMap<>();

  /** By slot, what the broker did not take; tried again as often as states are saved. */
  private final Map<String, Checkpoint> refused = new LinkedHashMap<>();

  private SortedMap<String, Double> quality = new TreeMap<>();
  private long servedStep = NEVER;
  private long savedStep;
  private boolean stateWanted;
  private boolean discriminatorPublished;

  /**
   * How often to publish while images are trained on.
   *
   * @param serving generators, for the services
   * @param state all that a restart needs
   */
  public record Intervals(Duration serving, Duration state) {
    public Intervals {
      if (serving.isZero() || state.isZero()) {
        throw new IllegalArgumentException("checkpoint intervals must be longer than 0");
      }
    }
  }

  private Checkpoints(
      SheetRenderer sheets,
      Optional<DiscriminatorSpec> discriminator,
      BackgroundPublisher publisher,
      TrainerMetrics metrics,
      Intervals intervals,
      long savedStep) {
    this.sheets = sheets;
    this.discriminator = discriminator;
    this.publisher = publisher;
    this.metrics = metrics;
    this.savedStep = savedStep;
    long now = System.nanoTime();
    // The first generator at once, so that a service that waits has one; a state only when some
    // training would be lost.
    serving = new Due(intervals.serving(), now, true);
    state = new Due(intervals.state(), now, false);
    retry = new Due(intervals.state(), now, false);
  }

  /**
   * Starts publishing what a training learns.
   *
   * @param log of the run that owns the model; stays the caller's to close, after this
   */
  public static Checkpoints open(
      Preset preset,
      OwnedLog log,
      Topics topics,
      Run run,
      ResumePoint resume,
      TrainerMetrics metrics,
      Intervals intervals) {
    return new Checkpoints(
        new SheetRenderer(preset.image(), preset.classes(), preset.latentSize()),
        preset.discriminatorSpec(),
        new BackgroundPublisher(new CheckpointPublisher(log, topics, run, resume), metrics),
        metrics,
        intervals,
        resume.progress().step());
  }

  /** Later generators and states carry these figures; the newest generator is to have them too. */
  public void evaluated(SortedMap<String, Double> figures) {
    quality = figures;
    servedStep = NEVER;
  }

  /** Publishes the best generator so far, and the state to roll back to. */
  public void best(
      Snapshot generator, Snapshot state, Progress progress, SortedMap<String, Double> figures) {
    hold(new Checkpoint.State(Slots.BEST_STATE, state, progress, figures));
    hold(new Checkpoint.Generator(Slots.BEST, generator, progress, figures, Optional.empty()));
  }

  /** Saves a classifier. */
  public void classifier(Snapshot weights, JsonNode spec, Progress progress) {
    hold(new Checkpoint.Classifier(weights, spec, progress));
  }

  private void hold(Checkpoint checkpoint) {
    waiting.put(checkpoint.slot(), checkpoint);
  }

  /**
   * The networks are others now, or their place in the topic is: a restart must go on from these
   * and not from what was saved.
   */
  public void replaced() {
    stateWanted = true;
    servedStep = NEVER;
  }

  /**
   * To be called between two steps.
   *
   * @throws RuntimeException what makes further training pointless: fenced by a newer trainer, or
   *     weights that are not finite
   */
  public void publishDue(AdversarialTraining training, Progress progress) {
    boolean idle = publisher.idle();
    recallUnpublished();
    long now = System.nanoTime();
    if (retry.at(now)) {
      retry.done(now);
      holdRefused();
    }
    // Generators come last: those that are due all the time must not keep the others waiting.
    if (idle && (stateWanted || (state.at(now) && progress.step() != savedStep))) {
      state.done(now);
      publishState(training, progress);
    } else if (idle && !waiting.isEmpty()) {
      publishWaiting();
    } else if (serving.at(now) && progress.step() != servedStep) {
      serving.done(now);
      if (idle) {
        publishServing(training, progress);
      } else {
        metrics.checkpoint(Slots.LATEST, Outcome.SKIPPED);
      }
    }
  }

  /**
   * Publishes everything as it is at the end, and waits until it is done.
   *
   * @param patience for all of it
   * @throws UserError if the broker has not taken it by then
   */
  public void publishLast(AdversarialTraining training, Progress progress, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean inTime = settle(deadline);
    while (inTime && !isAllPublished(progress)) {
      holdRefused();
      if (stateWanted || progress.step() != savedStep) {
        publishState(training, progress);
      } else if (progress.step() != servedStep) {
        publishServing(training, progress);
      } else {
        publishWaiting();
      }
      inTime = settle(deadline);
    }
    if (!isAllPublished(progress)) {
      throw UserError.failed(
          "step %d could not be saved within %d s, since the broker does not take it; another run goes on from an earlier one"
              .formatted(progress.step(), patience.toSeconds()));
    }
  }

  private boolean isAllPublished(Progress progress) {
    return !stateWanted
        && progress.step() == savedStep
        && progress.step() == servedStep
        && waiting.isEmpty()
        && refused.isEmpty();
  }

  /** Waits for what is in flight, and a moment if it failed; false if the time is over. */
  private boolean settle(long deadline) throws InterruptedException {
    if (!publisher.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
      savedStep = NEVER;
      return false;
    }
    boolean failed = recallUnpublished();
    long left = deadline - System.nanoTime();
    if (failed && left > 0) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, AGAIN.toNanos()));
    }
    return left > 0;
  }

  /**
   * What the broker did not take is not published, and has to be tried again. Returns whether there
   * was such a thing.
   */
  private boolean recallUnpublished() {
    Optional<Checkpoint> lost = publisher.unpublished();
    if (lost.isEmpty()) {
      return false;
    }
    String slot = lost.get().slot();
    if (slot.equals(Slots.STATE)) {
      savedStep = NEVER;
    } else if (slot.equals(Slots.LATEST)) {
      servedStep = NEVER;
    } else {
      refused.put(slot, lost.get());
    }
    return true;
  }

  /** A newer one of the same slot may wait already. */
  private void holdRefused() {
    refused.forEach(waiting::putIfAbsent);
    refused.clear();
  }

  private void publishWaiting() {
    Checkpoint next = waiting.values().iterator().next();
    waiting.remove(next.slot());
    publisher.publish(next);
  }

  private void publishServing(AdversarialTraining training, Progress progress) {
    if (!discriminatorPublished) {
      holdDiscriminator(training, progress);
    }
    servedStep = progress.step();
    publish(
        Slots.LATEST,
        () ->
            new Checkpoint.Generator(
                Slots.LATEST,
                training.servingSnapshot(),
                progress,
                quality,
                Optional.of(sheets.render(training))));
  }

  private void publishState(AdversarialTraining training, Progress progress) {
    savedStep = progress.step();
    stateWanted = false;
    publish(
        Slots.STATE,
        () -> {
          holdDiscriminator(training, progress);
          return new Checkpoint.State(Slots.STATE, training.trainingState(), progress, quality);
        });
  }

  private void publish(String slot, Supplier<Checkpoint> copied) {
    long begin = System.nanoTime();
    Checkpoint checkpoint = copied.get();
    metrics.paused(slot, Duration.ofNanos(System.nanoTime() - begin));
    publisher.publish(checkpoint);
  }

  /** With the first generator, then as often as states, since few requests want it. */
  private void holdDiscriminator(AdversarialTraining training, Progress progress) {
    discriminatorPublished = true;
    discriminator.ifPresent(
        spec ->
            hold(
                new Checkpoint.Discriminator(
                    training.discriminatorSnapshot(), Json.tree(spec), progress)));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
