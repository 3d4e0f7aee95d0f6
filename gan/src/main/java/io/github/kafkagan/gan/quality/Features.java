package io.github.kafkagan.gan.quality;

/**
 * What a classifier sees in images. The arrays are shared, not copied: nobody changes them.
 *
 * @param count of images, at least 1
 * @param features {@code count ×} any, the outputs of the classifier's last hidden layer
 * @param probabilities {@code count × classes}, each row adding up to one
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over between computations, never compared.
public record Features(int count, float[] features, float[] probabilities) {
  public Features {
    if (count < 1 || features.length % count != 0 || probabilities.length % count != 0) {
      throw new IllegalArgumentException(
          "%d features and %d probabilities are not those of %d images"
              .formatted(features.length, probabilities.length, count));
    }
  }

  /** Features per image. */
  public int size() {
    return features.length / count;
  }

  /** Probabilities per image. */
  public int classes() {
    return probabilities.length / count;
  }

  /** The most probable class of each image. */
  public int[] predictions() {
    return Classes.largest(probabilities, classes());
  }
}
