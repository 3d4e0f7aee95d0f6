package io.github.kafkagan.producer.source;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data sets of a stream, by name; their images have one shape. */
public final class ImageSets {
  private final Map<String, ImageSet> byName;

  private ImageSets(Map<String, ImageSet> byName) {
    this.byName = byName;
  }

  /**
   * The sets, each under its own name.
   *
   * @throws DatasetException if their shapes differ
   */
  public static ImageSets of(List<ImageSet> sets) throws DatasetException {
    ImageSet first = sets.get(0);
    for (ImageSet other : sets) {
      if (!other.shape().equals(first.shape())) {
        throw new DatasetException(
            "the images of one stream have one shape; those of %s are %s, of %s %s"
                .formatted(first.name(), first.shape(), other.name(), other.shape()));
      }
    }
    return new ImageSets(
        sets.stream().collect(Collectors.toUnmodifiableMap(ImageSet::name, Function.identity())));
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ImageSet named(String name) {
    ImageSet set = byName.get(name);
    if (set == null) {
      throw new IllegalArgumentException(
          "there is no data set '%s', only %s".formatted(name, byName.keySet()));
    }
    return set;
  }
}
