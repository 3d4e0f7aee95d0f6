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
   * Squared Euclidean distances of each row to each, less the squared length of the first: {@code
   * |b|² - 2ab}. Of one row's distances that says which is less.
   *
   * @param a n × size
   * @param b transposed, size × m
   * @param lengths of b's samples, squared, 1 × m
   * @return n × m, owned by the manager of {@code a}
   */
  static NDArray relativeDistances(NDArray a, NDArray b, NDArray lengths) {
    return a.matMul(b).muli(-2).addi(lengths);
  }
}
