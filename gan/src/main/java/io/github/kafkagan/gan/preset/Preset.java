package io.github.kafkagan.gan.preset;

import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Initializer;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Layers;
import io.github.kafkagan.gan.network.PixelRange;
import io.github.kafkagan.gan.objective.Objective;
import io.github.kafkagan.gan.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training set-up.
 *
 * @param description one line for people
 * @param image shape of the images that it trains on and makes
 * @param classes how many labels there are, 0 for unconditional training
 * @param pixels range in which the networks see pixels
 * @param latentSize numbers per latent vector
 * @param batchSize real images per step, and samples of the batches that virtual normalisation
 *     refers to
 * @param architecture of both networks
 * @param initializer of both networks
 * @param objective of both networks
 * @param regularization of the discriminator
 * @param generatorOptimizer of the generator
 * @param discriminatorOptimizer of the discriminator
 * @param schedule of updates
 * @param featureMatching whether the generator, instead of its objective, minimises the squared
 *     distance between the mean inputs of the discriminator's last layer for reals and for fakes:
 *     Salimans et al. (2016), section 3.1
 * @param averaging share that the served generator's weights, which are a moving average, keep in
 *     each step; 0 to serve the trained weights themselves
 */
public record Preset(
    String description,
    ImageShape image,
    int classes,
    PixelRange pixels,
    int latentSize,
    int batchSize,
    Architecture architecture,
    Initializer initializer,
    Objective objective,
    Regularization regularization,
    Optimizer generatorOptimizer,
    Optimizer discriminatorOptimizer,
    Schedule schedule,
    boolean featureMatching,
    double averaging) {
  private static final int MAX_BATCH_SIZE = 1 << 16;

  /** Validates, down to whether the layers fit on each other. */
  public Preset {
    if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
      throw new PresetException("batchSize must be 1 to " + MAX_BATCH_SIZE + ", was " + batchSize);
    }
    if (classes < 0) {
      throw new PresetException("classes must not be negative, was " + classes);
    }
    if (!(averaging >= 0 && averaging < 1)) {
      throw new PresetException("averaging must be at least 0 and below 1, was " + averaging);
    }
    try {
      new GeneratorSpec(
          image,
          pixels,
          latentSize,
          classes,
          architecture.generator(image, pixels, classes, batchSize));
      List<Layer> discriminator = architecture.discriminator(image, classes, batchSize);
      Layers.output(discriminator, GeneratorSpec.samples(image));
      if (regularization.gradientPenalty() > 0) {
        requirePenaltyPossible(discriminator, schedule);
      }
    } catch (IllegalArgumentException e) {
      throw new PresetException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requirePenaltyPossible(List<Layer> discriminator, Schedule schedule) {
    if (discriminator.stream().anyMatch(Layer::mixesSamples)) {
      throw new PresetException(
          "a gradientPenalty needs a discriminator without batch normalisation and minibatch"
              + " discrimination, which mix the samples whose slopes it is about");
    }
    if (schedule.discriminatorUpdates() == Schedule.Updates.REAL_THEN_FAKE) {
      throw new PresetException(
          "a gradientPenalty needs reals and fakes in one update: discriminatorUpdates must be"
              + " together");
    }
  }

  /**
   * A preset that comes with this library.
   *
   * @param name one of {@link #names}
   * @throws PresetException if there is none of that name
   */
  public static Preset named(String name) {
    return PresetReader.named(name);
  }

  /** The presets that come with this library; the first is the default. */
  public static List<String> names() {
    return PresetReader.NAMES;
  }

  /**
   * Reads a preset from a JSON file.
   *
   * @throws PresetException if the file cannot be read, is not valid, or has an unknown key
   */
  public static Preset parse(Path file) {
    return PresetReader.parse(file);
  }

  /**
   * This preset with some fields replaced.
   *
   * @param changes new values by key; a key of an inner field is a path: {@code
   *     generatorOptimizer.rate}; a value is JSON, or text where JSON has text
   * @throws PresetException if there is no such key, or a value is not possible
   */
  public Preset with(Map<String, String> changes) {
    return PresetReader.with(this, changes);
  }

  /** What a trained generator of this preset is. */
  public GeneratorSpec generatorSpec() {
    return new GeneratorSpec(
        image,
        pixels,
        latentSize,
        classes,
        architecture.generator(image, pixels, classes, batchSize));
  }

  /** From images to one logit. */
  public List<Layer> discriminator() {
    return architecture.discriminator(image, classes, batchSize);
  }

  /** What a trained discriminator is; empty if it judges no single images. */
  public Optional<DiscriminatorSpec> discriminatorSpec() {
    List<Layer> layers = discriminator();
    return DiscriminatorSpec.judgesSingleImages(layers)
        ? Optional.of(new DiscriminatorSpec(image, pixels, classes, layers))
        : Optional.empty();
  }

  /** True if training needs labels. */
  public boolean conditional() {
    return classes > 0;
  }
}
