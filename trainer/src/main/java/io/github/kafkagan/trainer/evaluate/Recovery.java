package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.random.SplitMix64;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the user wants done about a collapse. */
public final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final OnCollapse action;
  private final Supplier<Optional<CheckpointSet>> bestState;
  private final QualityLog told;

  /**
   * A recovery.
   *
   * @param bestState reads the state to roll back to, if there is one
   */
  public Recovery(OnCollapse action, Supplier<Optional<CheckpointSet>> bestState, QualityLog told) {
    this.action = action;
    this.bestState = bestState;
    this.told = told;
    told.mayCollapse(action);
  }

  /**
   * A training that replaces one that has collapsed.
   *
   * @param progress from where it goes on: as far as the best state's networks, and with the images
   *     after those that the collapsed one was trained on last
   */
  public record Replacement(AdversarialTraining training, Progress progress) {}

  /**
   * Acts; empty if training is to go on as it is.
   *
   * @throws UserError if the run is to end
   */
  public Optional<Replacement> from(
      Collapse collapse, AdversarialTraining training, Progress progress) {
    told.collapsed(collapse, action, progress.step());
    boolean finite = collapse.reason() != Collapse.Reason.NOT_FINITE;
    return switch (action) {
      case STOP -> throw collapsed(collapse, progress);
      case WARN -> {
        if (!finite) {
          throw collapsed(collapse, progress);
        }
        yield Optional.empty();
      }
      case ROLLBACK -> {
        Optional<CheckpointSet> best = bestState.get();
        if (best.isEmpty() && !finite) {
          throw collapsed(collapse, progress);
        }
        if (best.isEmpty()) {
          log.warn("There is no best state yet to roll back to; training goes on as it is");
        }
        yield best.map(set -> rollBack(set, training, progress));
      }
    };
  }

  private static Replacement rollBack(
      CheckpointSet best, AdversarialTraining training, Progress progress) {
    Manifest manifest = best.manifest();
    // The noise that led here must not come again.
    long seed = SplitMix64.combine(training.noiseSeed(), manifest.version(), progress.step());
    AdversarialTraining restored =
        AdversarialTraining.restore(training.preset(), seed, training.device(), best.bytes());
    log.atInfo()
        .addKeyValue("step", manifest.step())
        .addKeyValue("images", manifest.imagesSeen())
        .addKeyValue("position", progress.position().nextPosition())
        .log("Model rolled back");
    return new Replacement(
        restored, new Progress(manifest.step(), manifest.imagesSeen(), progress.position()));
  }

  private static UserError collapsed(Collapse collapse, Progress progress) {
    return UserError.failed(
        "training collapsed at step %d: %s; nothing after it was published"
            .formatted(progress.step(), collapse.explanation()));
  }
}
