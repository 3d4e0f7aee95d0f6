package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.observe.TrainerMetrics.Outcome;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.time.Duration;

/**
 * Decides between two steps what is to be published, and copies it out of the networks. Publishing
 * itself happens beside training; if the one before is still in flight, a generator is skipped and
 * counted, a state waits.
 */
public final class Checkpoints implements AutoCloseable {
  private final AdversarialTraining training;
  private final SheetRenderer sheets;
  private final BackgroundPublisher publisher;
  private final TrainerMetrics metrics;
  private final Due serving;
  private final Due state;
  private long servedStep;
  private long savedStep;

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
      AdversarialTraining training,
      SheetRenderer sheets,
      BackgroundPublisher publisher,
      TrainerMetrics metrics,
      Intervals intervals) {
    this.training = training;
    this.sheets = sheets;
    this.publisher = publisher;
    this.metrics = metrics;
    long now = System.nanoTime();
    // The first generator at once, so that a service that waits has one; a state only when some
    // training would be lost.
    serving = new Due(intervals.serving(), now, true);
    state = new Due(intervals.state(), now, false);
    servedStep = -1;
    savedStep = training.steps();
  }

  /**
   * Starts publishing what {@code training} learns.
   *
   * @param log of the run that owns the model; stays the caller's to close, after this
   */
  public static Checkpoints open(
      AdversarialTraining training,
      OwnedLog log,
      Topics topics,
      Run run,
      ResumePoint resume,
      TrainerMetrics metrics,
      Intervals intervals) {
    GeneratorSpec generator = training.generatorSpec();
    return new Checkpoints(
        training,
        new SheetRenderer(generator.image(), generator.classes(), generator.latentSize()),
        new BackgroundPublisher(new CheckpointPublisher(log, topics, run, resume), metrics),
        metrics,
        intervals);
  }

  /**
   * To be called between two steps.
   *
   * @throws RuntimeException what makes further training pointless: fenced by a newer trainer, or
   *     weights that are not finite
   */
  public void publishDue(Progress progress) {
    boolean idle = publisher.idle();
    long now = System.nanoTime();
    // The state comes first: generators that are due all the time must not keep it waiting.
    if (idle && state.at(now) && progress.step() != savedStep) {
      state.done(now);
      publishState(progress);
    } else if (serving.at(now) && progress.step() != servedStep) {
      serving.done(now);
      if (idle) {
        publishServing(progress);
      } else {
        metrics.checkpoint(Slots.LATEST, Outcome.SKIPPED);
      }
    }
  }

  /** Publishes the state and the generator as they are at the end, and waits until it is done. */
  public void publishLast(Progress progress) {
    publisher.await();
    if (progress.step() != savedStep) {
      publishState(progress);
      publisher.await();
    }
    if (progress.step() != servedStep) {
      publishServing(progress);
      publisher.await();
    }
  }

  private void publishServing(Progress progress) {
    servedStep = progress.step();
    publisher.publish(
        new Checkpoint.Serving(training.servingSnapshot(), progress, sheets.render(training)));
  }

  private void publishState(Progress progress) {
    savedStep = progress.step();
    publisher.publish(new Checkpoint.State(training.trainingState(), progress));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
