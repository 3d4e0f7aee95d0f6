package io.github.kafkagan.trainer.observe;

/**
 * How far training is, as events tell it.
 *
 * @param step generator steps of the model so far
 * @param imagesSeen real images of the model so far
 * @param nextPosition stream position of the next image
 * @param newestImageTimestamp epoch milliseconds of the newest image trained on; 0 if none
 */
public record Standing(long step, long imagesSeen, long nextPosition, long newestImageTimestamp) {}
