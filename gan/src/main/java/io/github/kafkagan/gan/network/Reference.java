package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/**
 * The batch that virtual batch normalisation refers to.
 *
 * @param samples references × a network's input shape
 * @param labels one-hot float32, references × classes; null in an unconditional network
 */
public record Reference(NDArray samples, @Nullable NDArray labels) {
  /** Of a copy that is {@code owner}'s. */
  static Reference copy(NDManager owner, NDArray samples, @Nullable NDArray labels) {
    return new Reference(copy(owner, samples), labels == null ? null : copy(owner, labels));
  }

  private static NDArray copy(NDManager owner, NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(owner);
    return copy;
  }

  /** This in front of a batch's samples; the result belongs to the batch's manager. */
  NDArray before(NDArray batch) {
    return joined(samples, batch);
  }

  /** This in front of a batch's labels, likewise. */
  @Nullable NDArray labelsBefore(@Nullable NDArray batchLabels) {
    return labels == null || batchLabels == null ? null : joined(labels, batchLabels);
  }

  private static NDArray joined(NDArray first, NDArray second) {
    NDArray both = first.concat(second);
    both.attach(second.getManager());
    return both;
  }
}
