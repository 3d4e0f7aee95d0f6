package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.OptionalDouble;

/**
 * What the two networks minimise, as functions of the discriminator's logits (batch × 1).
 *
 * <p>For implementors: where gradients flow, never multiply or divide by a Java number. DJL passes
 * it to PyTorch as a view of a Java buffer, which the graph keeps and the garbage collector frees:
 * the gradient is then zero or worse. Adding one is harmless.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BinaryCrossEntropy.class, name = "binary-cross-entropy"),
  @JsonSubTypes.Type(value = Hinge.class, name = "hinge"),
  @JsonSubTypes.Type(value = LeastSquares.class, name = "least-squares"),
  @JsonSubTypes.Type(value = Wasserstein.class, name = "wasserstein"),
})
public sealed interface Objective permits BinaryCrossEntropy, Hinge, LeastSquares, Wasserstein {

  /** The discriminator's loss, a scalar; both batches have the same size. */
  NDArray discriminator(NDArray real, NDArray fake);

  /** The discriminator's loss in an update that sees real samples only, a scalar. */
  NDArray real(NDArray real);

  /** The discriminator's loss in an update that sees generated samples only, a scalar. */
  NDArray fake(NDArray fake);

  /** The generator's loss, a scalar. */
  NDArray generator(NDArray fake);

  /**
   * The logit above which an optimal discriminator means real, below which it means generated;
   * empty where logits are no judgement of single samples.
   */
  OptionalDouble boundary();

  /** Refuses a share of one-sided label smoothing that is none. */
  static void requireSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "smoothing must be at least 0 and below 1, was " + smoothing);
    }
  }
}
