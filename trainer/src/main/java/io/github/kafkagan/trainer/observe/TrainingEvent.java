package io.github.kafkagan.trainer.observe;

/**
 * A record of the training topic: one logged step.
 *
 * @param type {@code step}
 * @param timestamp epoch milliseconds
 * @param step generator steps of the model so far
 * @param imagesSeen real images of the model so far
 * @param imagesPerSecond since the last event of this process
 * @param lossDiscriminator of this step
 * @param lossGenerator of this step
 * @param scoreReal mean discriminator output on real images, as a probability
 * @param scoreFake likewise on generated images
 */
public record TrainingEvent(
    String type,
    String model,
    String runId,
    long timestamp,
    long step,
    long imagesSeen,
    double imagesPerSecond,
    double lossDiscriminator,
    double lossGenerator,
    double scoreReal,
    double scoreFake) {}
