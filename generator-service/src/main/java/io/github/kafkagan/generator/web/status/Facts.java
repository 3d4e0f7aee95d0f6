package io.github.kafkagan.generator.web.status;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.Readiness;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What is known of the pipeline at a moment.
 *
 * @param now epoch milliseconds
 * @param bootstrapServers where the broker should be
 * @param lastStep of the model; empty if none was told of
 * @param lastWaiting epoch milliseconds of when its trainer last said that it has no images; 0 if
 *     it never did
 * @param newestSheet epoch milliseconds of the model's newest contact sheet; 0 if there is none
 * @param served the checkpoint that the model is served from; empty if none is
 * @param readiness whether requests get images
 */
record Facts(
    long now,
    String bootstrapServers,
    ImageStream images,
    Optional<LastStep> lastStep,
    long lastWaiting,
    long newestSheet,
    Optional<Manifest> served,
    Readiness readiness) {
  /** Images in the stream that are not trained on; empty if that cannot be told. */
  OptionalLong lag() {
    boolean inReplay = served.map(Manifest::replay).filter(replay -> !replay.over()).isPresent();
    if (images.position().isEmpty() || inReplay || (lastStep.isEmpty() && served.isEmpty())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(0, images.position().get() - trainedPosition()));
  }

  /** Where in the stream training is: images seen and positions differ by what was missing. */
  private long trainedPosition() {
    long missed =
        served.map(manifest -> manifest.nextPosition() - manifest.imagesSeen()).orElse(0L);
    long seen = served.map(Manifest::imagesSeen).orElse(0L);
    return missed + lastStep.map(last -> Math.max(seen, last.imagesSeen())).orElse(seen);
  }

  /**
   * When the trainer was last heard of, epoch milliseconds; 0 if never. What claims to be of the
   * future says nothing of that.
   */
  long heardOfTrainer() {
    return LongStream.of(
            newestSheet,
            lastWaiting,
            lastStep.map(LastStep::timestamp).orElse(0L),
            served.map(Manifest::createdAt).orElse(0L))
        .filter(time -> time <= now)
        .max()
        .orElse(0);
  }

  /** Whether the last that was heard of training is that it has no images. */
  boolean trainerWaits() {
    return lastWaiting > lastStep.map(LastStep::timestamp).orElse(0L);
  }
}
