package io.github.kafkagan.gan.optimizer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * Settings of Adam (Kingma, Ba 2015).
 *
 * @param rate of learning, greater than 0
 * @param beta1 share of the mean that a step keeps, 0 to below 1
 * @param beta2 share of the mean of squares that a step keeps, 0 to below 1
 * @param epsilon added to the denominator, greater than 0
 * @param epsilonAddedTo which denominator that is
 */
public record Adam(
    double rate, double beta1, double beta2, double epsilon, Denominator epsilonAddedTo)
    implements Optimizer {

  /** The root of the mean of squares, of which the first steps' estimate is too small. */
  public enum Denominator {
    /** With its bias corrected: the paper's algorithm 1, PyTorch. */
    @JsonProperty("corrected")
    CORRECTED,
    /** As it is, the correction being part of the rate: the end of the paper's section 2, Keras. */
    @JsonProperty("uncorrected")
    UNCORRECTED
  }

  public Adam {
    Objects.requireNonNull(epsilonAddedTo, "epsilonAddedTo");
    if (!(rate > 0 && Double.isFinite(rate)) || !(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException("rate and epsilon of Adam must be greater than 0");
    }
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException("the betas of Adam must be at least 0 and below 1");
    }
  }

  /**
   * What to add to the corrected denominator.
   *
   * @param update 1 for the first
   */
  double epsilonAt(long update) {
    return switch (epsilonAddedTo) {
      case CORRECTED -> epsilon;
      case UNCORRECTED -> epsilon / Math.sqrt(1 - Math.pow(beta2, (double) update));
    };
  }
}
