package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.Batch;
import io.github.kafkagan.trainer.step.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a training: evaluates it, keeps the best generator, and says when it has collapsed.
 */
public final class Supervision implements AutoCloseable {
  private final Evaluator evaluator;
  private final CollapseGuard guard;
  private final Checkpoints checkpoints;
  private final QualityLog log;

  /**
   * A supervision.
   *
   * @param evaluator closed with this
   * @param guard which knows the best evaluation of earlier runs
   * @param checkpoints stays the caller's to close, after this
   */
  public Supervision(
      Evaluator evaluator, CollapseGuard guard, Checkpoints checkpoints, QualityLog log) {
    this.evaluator = evaluator;
    this.guard = guard;
    this.checkpoints = checkpoints;
    this.log = log;
  }

  /**
   * Looks at a step.
   *
   * @param progress after it
   * @return what has gone wrong; null if nothing has, or if it has been told
   */
  public @Nullable Collapse afterStep(Batch batch, StepResult result, Progress progress) {
    evaluator.see(batch, progress);
    evaluator
        .newClassifier()
        .ifPresent(
            trained ->
                checkpoints.classifier(trained.weights(), Json.tree(trained.spec()), progress));
    return guard.afterStep(result);
  }

  /**
   * Does a slice of the evaluation that is due, if one is.
   *
   * @return as {@link #afterStep}
   */
  public @Nullable Collapse betweenSteps(AdversarialTraining training, Progress progress) {
    return evaluator.advance(training, progress).map(this::judge).orElse(null);
  }

  /**
   * Evaluates thoroughly what a run ends with. That does not decide what is best: more images give
   * smaller distances.
   */
  public void atEnd(AdversarialTraining training, Progress progress) {
    evaluator.evaluateAtEnd(training, progress).ifPresent(assessment -> tell(assessment, false));
  }

  private @Nullable Collapse judge(Assessment assessment) {
    CollapseGuard.Verdict verdict = guard.afterEvaluation(assessment);
    tell(assessment, verdict.best());
    if (verdict.best()) {
      checkpoints.best(
          assessment.generator(), assessment.state(), assessment.progress(), assessment.quality());
    }
    return verdict.collapse();
  }

  private void tell(Assessment assessment, boolean best) {
    log.evaluated(assessment, best);
    log.learnt(evaluator.learnt(assessment), assessment);
    checkpoints.evaluated(assessment.quality());
  }

  /** Training goes on from another state. */
  public void rolledBack() {
    evaluator.drop();
    guard.rolledBack();
    checkpoints.replaced();
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
