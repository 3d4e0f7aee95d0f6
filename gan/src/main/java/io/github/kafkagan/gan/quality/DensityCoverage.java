package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.quality.Blocks.Block;
import java.util.List;

/**
 * Density and coverage: how deep generated features lie among real ones, and how many of the real
 * ones have a generated one near.
 *
 * <p>Source: Naeem et al.: Reliable Fidelity and Diversity Metrics for Generative Models (2020),
 * equations 5 and 6, with balls around real samples that reach to the {@value #NEIGHBOURS}th
 * nearest other real one.
 */
final class DensityCoverage implements AutoCloseable {
  /** k of the paper. */
  static final int NEIGHBOURS = 5;

  private static final int BLOCK = 64;
  private static final int[] COLUMNS = {1};

  private final NDManager manager;
  private final Samples real;
  private final Samples fake;
  private long within;
  private long covered;

  /**
   * Begins.
   *
   * @param parent whose device is used, and which closes this at the latest
   * @param real features of more than {@value #NEIGHBOURS} images
   * @param fake features of any number of images
   */
  DensityCoverage(NDManager parent, Features real, Features fake) {
    manager = parent.newSubManager();
    this.real = Samples.upload(manager, real);
    this.fake = Samples.upload(manager, fake);
    manager.cap();
  }

  /** The work, in parts of which each is to be run once. */
  List<Runnable> slices() {
    return Blocks.of(real.count, BLOCK).stream().<Runnable>map(block -> () -> add(block)).toList();
  }

  private void add(Block block) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray centres = real.values.get(scope, new NDIndex("{}:{}", block.first(), block.end()));
      // The nearest is the sample itself.
      NDArray radii =
          distances(centres, real).topK(NEIGHBOURS + 1, 1, false, true).get(0).max(COLUMNS, true);
      NDArray inside = distances(centres, fake).lt(radii).toType(DataType.INT64, false);
      for (long count : inside.sum(COLUMNS).toLongArray()) {
        within += count;
        covered += Math.min(1, count);
      }
    }
  }

  private static NDArray distances(NDArray centres, Samples others) {
    return Blocks.relativeDistances(centres, others.transposed, others.lengths);
  }

  /**
   * Features in double precision, since neighbours' distances are small differences of large
   * numbers.
   *
   * @param values count × size
   * @param transposed size × count
   * @param lengths squared, 1 × count
   */
  private record Samples(int count, NDArray values, NDArray transposed, NDArray lengths) {
    static Samples upload(NDManager owner, Features features) {
      Shape shape = new Shape(features.count(), features.size());
      try (NDArray single = Upload.floats(owner, features.features(), shape)) {
        NDArray values = single.toType(DataType.FLOAT64, true);
        try (NDArray squares = values.square()) {
          NDArray lengths = squares.sum(COLUMNS).reshape(1, features.count());
          return new Samples(features.count(), values, values.transpose(), lengths);
        }
      }
    }
  }

  /** At least 0; 1 is expected of samples from the real distribution, more of its densest parts. */
  double density() {
    return (double) within / ((double) NEIGHBOURS * fake.count);
  }

  /** 0 to 1; the share of real samples in whose ball a generated one lies. */
  double coverage() {
    return (double) covered / real.count;
  }

  @Override
  public void close() {
    manager.close();
  }
}
