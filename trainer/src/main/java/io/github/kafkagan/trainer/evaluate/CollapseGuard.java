package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.trainer.evaluate.Collapse.Reason;
import io.github.kafkagan.trainer.step.StepResult;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Knows the best evaluation so far, and tells a collapse from it. For one thread at a time.
 *
 * <p>One bad evaluation is not yet a collapse, the next one decides. A collapse is told once, and
 * again only after training has recovered from it.
 */
public final class CollapseGuard {
  /** Below this the discriminator's loss counts as zero: its mistakes are one in thousands. */
  static final double ZERO_LOSS = 1e-4;

  /** For so many steps on end. */
  static final int ZERO_LOSS_STEPS = 500;

  /** A distance so many times the best is far above it. */
  static final double FAR = 4;

  /** Fewer than this share of the most classes so far are a loss. */
  static final double KEPT_CLASSES = 0.75;

  private static final int BAD_EVALUATIONS = 2;

  private final boolean lossHasZero;
  private @Nullable Scale scale;
  private double bestDistance = Double.POSITIVE_INFINITY;
  private double mostClasses;
  private int bad;
  private int zeroLossSteps;
  private boolean told;

  /**
   * A guard that has seen nothing yet.
   *
   * @param lossHasZero whether a discriminator's loss of zero means that it makes no mistakes; not
   *     so for a critic, whose loss is a distance
   */
  public CollapseGuard(boolean lossHasZero) {
    this.lossHasZero = lossHasZero;
  }

  /**
   * What follows from an evaluation.
   *
   * @param best whether no evaluation of its scale was better
   * @param collapse null if there is none, or if it has been told
   */
  record Verdict(boolean best, @Nullable Collapse collapse) {}

  /** Knows an earlier run's best evaluation from the figures in its manifest. */
  public void remember(Map<String, Double> quality) {
    Double distance = quality.get(Figure.FRECHET_DISTANCE.key());
    if (distance != null) {
      scale = Scale.of(quality);
      bestDistance = distance;
      mostClasses = quality.getOrDefault(Figure.CLASSES.key(), 0.0);
    }
  }

  /** Judges a step; null if nothing is wrong, or if it has been told. */
  @Nullable Collapse afterStep(StepResult result) {
    if (!result.finite()) {
      return new Collapse(Reason.NOT_FINITE, "losses are not finite");
    }
    boolean zero = lossHasZero && result.lossDiscriminator() < ZERO_LOSS;
    zeroLossSteps = zero ? zeroLossSteps + 1 : 0;
    return zeroLossSteps == ZERO_LOSS_STEPS
        ? new Collapse(
            Reason.DISCRIMINATOR_WON,
            "the discriminator's loss has been below %s for %d steps"
                .formatted(ZERO_LOSS, ZERO_LOSS_STEPS))
        : null;
  }

  /** Judges an evaluation. */
  Verdict afterEvaluation(Assessment assessment) {
    OptionalDouble distance = assessment.frechetDistance();
    if (distance.isEmpty()) {
      return new Verdict(false, null);
    }
    if (!assessment.scale().equals(scale)) {
      forget();
      scale = assessment.scale();
    }
    double classes = assessment.figure(Figure.CLASSES).orElse(0);
    Collapse collapse = compare(distance.getAsDouble(), classes);
    bad = collapse == null ? 0 : bad + 1;
    boolean tell = bad >= BAD_EVALUATIONS && !told;
    told = bad > 0 && (told || tell);
    boolean best = distance.getAsDouble() < bestDistance;
    bestDistance = Math.min(bestDistance, distance.getAsDouble());
    mostClasses = Math.max(mostClasses, classes);
    return new Verdict(best, tell ? collapse : null);
  }

  private @Nullable Collapse compare(double distance, double classes) {
    if (classes < KEPT_CLASSES * mostClasses) {
      return new Collapse(
          Reason.CLASSES_LOST,
          "%.0f classes are generated, and were %.0f".formatted(classes, mostClasses));
    }
    if (distance > FAR * bestDistance) {
      return new Collapse(
          Reason.DISTANCE,
          "the Fréchet distance is %.1f, and was %.1f".formatted(distance, bestDistance));
    }
    return null;
  }

  /** Training goes on from a better state: what was bad before does not count any more. */
  void rolledBack() {
    bad = 0;
    zeroLossSteps = 0;
    told = false;
  }

  private void forget() {
    bestDistance = Double.POSITIVE_INFINITY;
    mostClasses = 0;
    rolledBack();
  }
}
