package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.objective.Objective;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.optimizer.NetworkOptimizer;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.preset.Regularization;
import org.jspecify.annotations.Nullable;

/** The discriminator's part of a step: one update, or two. */
final class DiscriminatorStep {
  private final Preset preset;
  private final Objective objective;
  private final Regularization regularization;
  private final Network discriminator;
  private final NetworkOptimizer optimizer;
  private final Noise noise;

  DiscriminatorStep(Preset preset, Networks networks, Noise noise) {
    this.preset = preset;
    this.objective = preset.objective();
    this.regularization = preset.regularization();
    this.discriminator = networks.discriminator();
    this.optimizer = networks.discriminatorOptimizer();
    this.noise = noise;
  }

  /**
   * What the discriminator thought before its update.
   *
   * @param loss that was minimised; where there are two updates, the mean of both
   * @param real logits
   * @param fake logits
   */
  record Judgement(NDArray loss, NDArray real, NDArray fake) {}

  /**
   * Updates the discriminator.
   *
   * @param fake without gradients
   * @param labels of both; null in unconditional training
   * @param step 1 for the first
   */
  Judgement take(NDArray real, NDArray fake, @Nullable NDArray labels, long step) {
    return switch (preset.schedule().discriminatorUpdates()) {
      case TOGETHER -> together(real, fake, labels, step);
      case REAL_THEN_FAKE -> realThenFake(real, fake, labels, step);
    };
  }

  private Judgement together(NDArray real, NDArray fake, @Nullable NDArray labels, long step) {
    NDList logits = judge(real, fake, labels);
    NDArray loss = objective.discriminator(logits.get(0), logits.get(1));
    if (regularization.gradientPenalty() > 0) {
      loss = loss.add(penalty(real, fake, labels, step));
    }
    update(loss, step);
    return new Judgement(loss, logits.get(0), logits.get(1));
  }

  private Judgement realThenFake(NDArray real, NDArray fake, @Nullable NDArray labels, long step) {
    NDArray realLogits = discriminator.forward(real, labels, true);
    NDArray realLoss = objective.real(realLogits);
    update(realLoss, 2 * step - 1);
    NDArray fakeLogits = discriminator.forward(fake, labels, true);
    NDArray fakeLoss = objective.fake(fakeLogits);
    update(fakeLoss, 2 * step);
    NDArray half = Upload.scalar(realLoss.getManager(), 0.5);
    return new Judgement(realLoss.add(fakeLoss).mul(half), realLogits, fakeLogits);
  }

  private void update(NDArray loss, long update) {
    optimizer.minimise(loss, update);
    if (regularization.weightClip() > 0) {
      discriminator.operators().clip(discriminator.trained(), regularization.weightClip());
    }
  }

  /** Logits of reals and of fakes: in one pass, unless samples in a pass see each other. */
  private NDList judge(NDArray real, NDArray fake, @Nullable NDArray labels) {
    if (discriminator.mixesSamples()) {
      return new NDList(
          discriminator.forward(real, labels, true), discriminator.forward(fake, labels, true));
    }
    NDArray both = labels == null ? null : labels.concat(labels);
    return discriminator.forward(real.concat(fake), both, true).split(2);
  }

  /** Of slopes at points drawn uniformly from the lines between reals and fakes. */
  private NDArray penalty(NDArray real, NDArray fake, @Nullable NDArray labels, long step) {
    NDManager scope = real.getManager();
    NDArray share = noise.shares(scope, step, real.getShape());
    NDArray between = fake.add(real.sub(fake).mul(share));
    between.setRequiresGradient(true);
    return discriminator
        .operators()
        .gradientPenalty(
            discriminator.forward(between, labels, true),
            between,
            Upload.scalar(scope, regularization.gradientPenalty()));
  }
}
