package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.trainer.ingest.StreamPosition;

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
}
