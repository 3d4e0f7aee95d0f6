package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;

/** Work on many samples in parts of a bounded size. */
final class Blocks {
  private Blocks() {}

  /**
   * Some of several samples.
   *
   * @param first position, from 0
   * @param count at least 1
   */
  record Block(int first, int count) {
    int end() {
      return first + count;
    }
  }

  /** All of {@code count} samples in order, {@code size} at a time, the last ones maybe fewer. */
  static List<Block> of(int count, int size) {
    return IntStream.range(0, (count + size - 1) / size)
        .mapToObj(i -> new Block(i * size, Math.min(size, count - i * size)))
        .toList();
  }

  /**
   * Squared Euclidean distances of each row to each.
   *
   * @param a n × size
   * @param b m × size
   * @return n × m, with the rounding errors of {@code |a|² + |b|² - 2ab}
   */
  static NDArray squaredDistances(NDArray a, NDArray b) {
    int[] columns = {1};
    NDArray products = a.matMul(b.transpose());
    return products
        .muli(-2)
        .addi(a.square().sum(columns, true))
        .addi(b.square().sum(columns).reshape(1, -1));
  }
}
