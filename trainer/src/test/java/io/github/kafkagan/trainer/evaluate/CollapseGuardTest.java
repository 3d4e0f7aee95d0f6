package io.github.kafkagan.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.trainer.evaluate.Collapse.Reason;
import io.github.kafkagan.trainer.step.StepResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CollapseGuardTest {
  private static final StepResult ALL_IS_WELL = new StepResult(0.7, 0.9, 0.6, 0.4);
  private static final StepResult NO_LOSS = new StepResult(1e-5, 20, 1, 0);

  private final CollapseGuard guard = new CollapseGuard(true);

  @Test
  void theBestIsWhatNothingOfItsScaleWasBetterThan() {
    assertThat(guard.afterEvaluation(Reports.of(50, 8)).best()).isTrue();
    assertThat(guard.afterEvaluation(Reports.of(40, 10)).best()).isTrue();
    assertThat(guard.afterEvaluation(Reports.of(45, 10)).best()).isFalse();

    Scale another = new Scale(900, 10, 1_000);
    assertThat(guard.afterEvaluation(Reports.of(300, 10, another)).best()).isTrue();
  }

  @Test
  void theSecondEvaluationFarFromTheBestIsACollapseAndIsToldOnce() {
    good();

    assertThat(guard.afterEvaluation(Reports.of(41, 10)).collapse()).isNull();
    assertThat(reason(guard.afterEvaluation(Reports.of(90, 10)))).isEqualTo(Reason.DISTANCE);
    assertThat(guard.afterEvaluation(Reports.of(95, 10)).collapse()).isNull();

    // Recovered, it can collapse again.
    assertThat(guard.afterEvaluation(Reports.of(11, 10)).collapse()).isNull();
    assertThat(guard.afterEvaluation(Reports.of(90, 10)).collapse()).isNull();
    assertThat(reason(guard.afterEvaluation(Reports.of(90, 10)))).isEqualTo(Reason.DISTANCE);
  }

  @Test
  void oneBadEvaluationBetweenGoodOnesIsNone() {
    good();
    for (int i = 0; i < 5; i++) {
      assertThat(guard.afterEvaluation(Reports.of(90, 3)).collapse()).isNull();
      assertThat(guard.afterEvaluation(Reports.of(12, 9)).collapse()).isNull();
    }
  }

  @Test
  void classesThatWereGeneratedAndAreNotAnyMoreAreACollapse() {
    good();

    assertThat(guard.afterEvaluation(Reports.of(20, 7)).collapse()).isNull();
    CollapseGuard.Verdict verdict = guard.afterEvaluation(Reports.of(20, 7));

    assertThat(reason(verdict)).isEqualTo(Reason.CLASSES_LOST);
    assertThat(Objects.requireNonNull(verdict.collapse()).explanation())
        .isEqualTo("7 classes are generated, and were 10");
  }

  @Test
  void aStreamWithOtherClassesIsNoCollapse() {
    good();

    Scale another = new Scale(600, 5, 1_000);
    assertThat(guard.afterEvaluation(Reports.of(90, 5, another)).collapse()).isNull();
    assertThat(guard.afterEvaluation(Reports.of(90, 5, another)).collapse()).isNull();
  }

  @Test
  void aLossThatIsZeroForLongIsADiscriminatorThatHasWon() {
    assertThat(collapseAfter(CollapseGuard.ZERO_LOSS_STEPS - 1, NO_LOSS)).isNull();
    assertThat(guard.afterStep(ALL_IS_WELL)).isNull();
    Collapse collapse = collapseAfter(CollapseGuard.ZERO_LOSS_STEPS, NO_LOSS);

    assertThat(Objects.requireNonNull(collapse).reason()).isEqualTo(Reason.DISCRIMINATOR_WON);
    assertThat(guard.afterStep(NO_LOSS)).as("told once").isNull();
  }

  @Test
  void aCriticsLossMayBeZero() {
    CollapseGuard critics = new CollapseGuard(false);
    for (int i = 0; i <= CollapseGuard.ZERO_LOSS_STEPS; i++) {
      assertThat(critics.afterStep(NO_LOSS)).isNull();
    }
  }

  @Test
  void aLossThatIsNoNumberIsACollapseAtOnce() {
    Collapse collapse = guard.afterStep(new StepResult(0.7, Double.NaN, 0.5, 0.5));

    assertThat(Objects.requireNonNull(collapse).reason()).isEqualTo(Reason.NOT_FINITE);
  }

  @Test
  void aRestartKnowsTheBestOfEarlierRuns() {
    guard.remember(Reports.of(10, 10).quality());

    assertThat(guard.afterEvaluation(Reports.of(11, 10)).best()).isFalse();
    assertThat(guard.afterEvaluation(Reports.of(90, 10)).collapse()).isNull();
    assertThat(reason(guard.afterEvaluation(Reports.of(90, 10)))).isEqualTo(Reason.DISTANCE);
  }

  @Test
  void withoutLabelsThereIsNoBestAndNoCollapseToSee() {
    CollapseGuard.Verdict verdict = guard.afterEvaluation(Reports.unlabelled());

    assertThat(verdict.best()).isFalse();
    assertThat(verdict.collapse()).isNull();
  }

  private void good() {
    guard.afterEvaluation(Reports.of(10, 10));
  }

  private @Nullable Collapse collapseAfter(int steps, StepResult result) {
    Collapse collapse = null;
    for (int i = 0; i < steps; i++) {
      collapse = guard.afterStep(result);
    }
    return collapse;
  }

  private static Reason reason(CollapseGuard.Verdict verdict) {
    return Objects.requireNonNull(verdict.collapse()).reason();
  }
}
