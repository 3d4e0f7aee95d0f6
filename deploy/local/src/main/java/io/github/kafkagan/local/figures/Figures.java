package io.github.kafkagan.local.figures;

import io.github.kafkagan.pipeline.observe.PrometheusText;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the pipeline has done in this run, as its processes last said.
 *
 * @param imagesProduced images in the topic since the producer started
 * @param imagesTrained images trained on since the trainer started
 * @param lag images in the topic that are not yet trained on
 * @param steps training steps since the trainer started
 * @param lossDiscriminator of the newest step; empty before the first
 * @param lossGenerator of the newest step; empty before the first
 * @param frechetDistance of the newest evaluation; empty before the first
 * @param classes that the generator made in it; empty before the first
 * @param checkpoints generators published
 * @param swaps checkpoints that the generator service began to serve
 * @param requests requests that the generator service answered
 * @param servedStep training step of the generator being served; empty before the first
 * @param staleness seconds since the newest image that it was trained on entered the topic; empty
 *     before there is one
 */
public record Figures(
    long imagesProduced,
    long imagesTrained,
    OptionalLong lag,
    long steps,
    OptionalDouble lossDiscriminator,
    OptionalDouble lossGenerator,
    OptionalDouble frechetDistance,
    OptionalLong classes,
    long checkpoints,
    long swaps,
    long requests,
    OptionalLong servedStep,
    OptionalDouble staleness) {

  static Figures of(
      PrometheusText producer, PrometheusText trainer, PrometheusText generator, String model) {
    return new Figures(
        count(producer, "gan_producer_images_total", Map.of()),
        count(trainer, "gan_trainer_images_total", Map.of()),
        whole(trainer, "gan_trainer_lag", Map.of()),
        count(trainer, "gan_trainer_steps_total", Map.of()),
        number(trainer, "gan_trainer_loss", Map.of("network", "discriminator")),
        number(trainer, "gan_trainer_loss", Map.of("network", "generator")),
        number(trainer, "gan_trainer_quality", Map.of("figure", "frechetDistance")),
        whole(trainer, "gan_trainer_quality", Map.of("figure", "classes")),
        count(
            trainer,
            "gan_trainer_checkpoints_total",
            Map.of("slot", "latest", "outcome", "published")),
        count(generator, "gan_generator_swaps_total", Map.of("outcome", "served")),
        count(generator, "gan_generator_requests_total", Map.of()),
        whole(generator, "gan_generator_checkpoint_step", Map.of("model", model)),
        number(generator, "gan_generator_staleness_seconds", Map.of("model", model)));
  }

  /** The same figures with another number of images produced. */
  public Figures withImagesProduced(long count) {
    return new Figures(
        count,
        imagesTrained,
        lag,
        steps,
        lossDiscriminator,
        lossGenerator,
        frechetDistance,
        classes,
        checkpoints,
        swaps,
        requests,
        servedStep,
        staleness);
  }

  /** The same figures with another number of checkpoints. */
  public Figures withCheckpoints(long count) {
    return new Figures(
        imagesProduced,
        imagesTrained,
        lag,
        steps,
        lossDiscriminator,
        lossGenerator,
        frechetDistance,
        classes,
        count,
        swaps,
        requests,
        servedStep,
        staleness);
  }

  /** Images per training step; 0 before the first. */
  public long batch() {
    return steps == 0 ? 0 : imagesTrained / steps;
  }

  private static OptionalDouble number(
      PrometheusText text, String name, Map<String, String> labels) {
    OptionalDouble value = text.sum(name, labels);
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  private static OptionalLong whole(PrometheusText text, String name, Map<String, String> labels) {
    OptionalDouble value = number(text, name, labels);
    return value.isPresent()
        ? OptionalLong.of(Math.round(value.getAsDouble()))
        : OptionalLong.empty();
  }

  private static long count(PrometheusText text, String name, Map<String, String> labels) {
    return whole(text, name, labels).orElse(0);
  }
}
