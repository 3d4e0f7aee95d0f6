package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.observe.Standing;

/**
 * How far a model has been trained.
 *
 * @param step generator steps
 * @param imagesSeen real images
 * @param position in the images topic
 */
public record Progress(long step, long imagesSeen, StreamPosition position) {
  public static Progress none() {
    return new Progress(0, 0, StreamPosition.beginning());
  }

  /** The same training, elsewhere in the topic. */
  public Progress at(StreamPosition elsewhere) {
    return new Progress(step, imagesSeen, elsewhere);
  }

  public Progress plus(int images, StreamPosition after) {
    return new Progress(step + 1, imagesSeen + images, after);
  }

  /** The same, as events tell it. */
  public Standing standing() {
    return standingBefore(position.nextPosition());
  }

  /**
   * The same, as events tell it while there is no mini-batch.
   *
   * @param needed stream position of the image that is waited for
   */
  public Standing standingBefore(long needed) {
    return new Standing(step, imagesSeen, needed, position.newestTimestamp());
  }
}
