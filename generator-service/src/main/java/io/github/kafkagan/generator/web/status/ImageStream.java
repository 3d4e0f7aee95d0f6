package io.github.kafkagan.generator.web.status;

import java.util.Optional;

/**
 * How the stream of images stood when it was looked at last.
 *
 * @param brokerAnswers whether a broker answered
 * @param exists whether the images topic was there
 * @param position images in the stream so far; empty before the first
 * @param newestTimestamp epoch milliseconds of the newest of them; 0 before the first
 * @param imagesPerSecond lately
 */
public record ImageStream(
    boolean brokerAnswers,
    boolean exists,
    Optional<Long> position,
    long newestTimestamp,
    double imagesPerSecond) {
  /** Before the first look. */
  static ImageStream unknown() {
    return new ImageStream(false, false, Optional.empty(), 0, 0);
  }

  /** The same as far as it is known, while no broker answers. */
  ImageStream unanswered() {
    return new ImageStream(false, exists, position, newestTimestamp, 0);
  }
}
