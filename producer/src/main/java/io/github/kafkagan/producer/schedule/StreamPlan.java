package io.github.kafkagan.producer.schedule;

/**
 * What the user wants streamed out of a set of images.
 *
 * @param labels which images
 * @param shuffled whether each epoch has an order of its own
 * @param seed chooses the orders
 * @param epochs passes over the images, 0 for endless
 * @param limit the stream's total length in images, whoever wrote them; 0 for endless
 */
public record StreamPlan(LabelFilter labels, boolean shuffled, long seed, long epochs, long limit) {

  /**
   * @throws IllegalArgumentException if epochs or limit is negative
   */
  public StreamPlan {
    if (epochs < 0 || limit < 0) {
      throw new IllegalArgumentException(
          (epochs < 0 ? "epochs" : "limit") + " must be 0 (endless) or more");
    }
  }

  /** Every image, shuffled with seed 0, for ever. */
  public static StreamPlan endless() {
    return new StreamPlan(LabelFilter.ALL, true, 0, 0, 0);
  }
}
