package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
final class DensityCoverage {
  /** k of the paper. */
  static final int NEIGHBOURS = 5;

  private static final int BLOCK = 64;
  private static final int[] COLUMNS = {1};

  private final NDManager parent;
  private final Features real;
  private final Features fake;
  private long within;
  private long covered;

  /**
   * Begins.
   *
   * @param parent whose device is used
   * @param real more than {@value #NEIGHBOURS}
   * @param fake of the same size
   */
  DensityCoverage(NDManager parent, Features real, Features fake) {
    this.parent = parent;
    this.real = real;
    this.fake = fake;
  }

  /** The work, in parts of which each is to be run once. */
  List<Runnable> slices() {
    return Blocks.of(real.count(), BLOCK).stream()
        .<Runnable>map(block -> () -> add(block))
        .toList();
  }

  private void add(Block block) {
    try (NDManager scope = parent.newSubManager()) {
      NDArray others = upload(scope, real);
      NDArray centres = others.get("{}:{}", block.first(), block.end());
      // The nearest is the sample itself.
      NDArray radii =
          Blocks.squaredDistances(centres, others)
              .topK(NEIGHBOURS + 1, 1, false, true)
              .get(0)
              .max(COLUMNS, true);
      NDArray inside = Blocks.squaredDistances(centres, upload(scope, fake)).lt(radii);
      for (long count : inside.toType(DataType.INT64, false).sum(COLUMNS).toLongArray()) {
        within += count;
        covered += Math.min(1, count);
      }
    }
  }

  /** In double precision, since neighbours' distances are small differences of large numbers. */
  private static NDArray upload(NDManager scope, Features features) {
    Shape shape = new Shape(features.count(), features.size());
    return Upload.floats(scope, features.features(), shape).toType(DataType.FLOAT64, false);
  }

  /** At least 0; 1 is expected of samples from the real distribution, more of its densest parts. */
  double density() {
    return (double) within / ((double) NEIGHBOURS * fake.count());
  }

  /** 0 to 1; the share of real samples in whose ball a generated one lies. */
  double coverage() {
    return (double) covered / real.count();
  }
}
