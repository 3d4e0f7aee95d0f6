package io.github.kafkagan.gan.quality;

/** What an evaluation measures; {@code package-info} says what each means. */
public enum Figure {
  /** {@link FrechetDistance}, at least 0, less is better. */
  FRECHET_DISTANCE("frechetDistance"),
  /** {@link InceptionScore}, 1 to the number of classes, more is better. */
  INCEPTION_SCORE("inceptionScore"),
  /** How many classes have at least a tenth of an equal share of the generated images. */
  CLASSES("classes"),
  /** The share of real images, 0 to 1, that the classifier classifies as they are labelled. */
  CLASSIFIER_ACCURACY("classifierAccuracy"),
  /** The share of generated images, 0 to 1, classified as the label they were made for. */
  LABEL_ACCURACY("labelAccuracy"),
  /** {@link DensityCoverage}, at least 0, 1 for images as real ones. */
  DENSITY("density"),
  /** {@link DensityCoverage}, 0 to 1, more is better. */
  COVERAGE("coverage"),
  /** Mean distance of generated images to the nearest real one, pixels being 0 to 1. */
  NEAREST_IMAGE_DISTANCE("nearestImageDistance"),
  /** The same as a multiple of real images' mean distance to the nearest other real one. */
  NEAREST_IMAGE_RATIO("nearestImageRatio"),
  /**
   * The share of real and generated images, 0 to 1, that the discriminator takes for what they are.
   */
  DISCRIMINATOR_ACCURACY("discriminatorAccuracy");

  private final String key;

  Figure(String key) {
    this.key = key;
  }

  /** Its name in reports, events and metrics. */
  public String key() {
    return key;
  }
}
