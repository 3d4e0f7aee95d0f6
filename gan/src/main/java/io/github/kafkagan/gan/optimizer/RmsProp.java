package io.github.kafkagan.gan.optimizer;

/**
 * Settings of RMSprop (Tieleman, Hinton 2012) without momentum, as PyTorch applies it: epsilon is
 * added to the root.
 *
 * @param rate of learning, greater than 0
 * @param decay share of the mean of squares that a step keeps, 0 to below 1
 * @param epsilon added to the denominator, greater than 0
 */
public record RmsProp(double rate, double decay, double epsilon) implements Optimizer {
  public RmsProp {
    if (!(rate > 0 && Double.isFinite(rate)) || !(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException("rate and epsilon of RMSprop must be greater than 0");
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("the decay of RMSprop must be at least 0 and below 1");
    }
  }
}
