package io.github.kafkagan.gan.optimizer;

/**
 * Settings of Adam (Kingma, Ba 2015), as PyTorch applies it: epsilon is added after the bias
 * correction.
 *
 * @param rate of learning, greater than 0
 * @param beta1 share of the mean that a step keeps, 0 to below 1
 * @param beta2 share of the mean of squares that a step keeps, 0 to below 1
 * @param epsilon added to the denominator, greater than 0
 */
public record Adam(double rate, double beta1, double beta2, double epsilon) {
  public Adam {
    if (!(rate > 0 && Double.isFinite(rate)) || !(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException("rate and epsilon of Adam must be greater than 0");
    }
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException("the betas of Adam must be at least 0 and below 1");
    }
  }
}
