package io.github.kafkagan.producer.schedule;

import java.util.OptionalLong;

/**
 * A stretch of the stream, as the user wants it.
 *
 * @param dataset name of the data set
 * @param labels which of its images
 * @param images how many, at least 1; empty if only the plan ends it
 */
public record Phase(String dataset, LabelFilter labels, OptionalLong images) {

  /**
   * @throws IllegalArgumentException if there are no images in it
   */
  public Phase {
    if (images.isPresent() && images.getAsLong() < 1) {
      throw new IllegalArgumentException("a phase has at least 1 image, not " + images.getAsLong());
    }
  }

  /** A phase that does not end by itself. */
  public static Phase endless(String dataset, LabelFilter labels) {
    return new Phase(dataset, labels, OptionalLong.empty());
  }
}
