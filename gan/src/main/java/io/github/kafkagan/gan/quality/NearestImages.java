package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.quality.Blocks.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Euclidean distances of images to their nearest among others, in pixels from 0 to 1.
 *
 * <p>Matrix products find each block's nearest image; its distance is then computed exactly, so
 * that a copy's is 0.
 */
final class NearestImages {
  /** Multiplications per slice: some milliseconds. */
  private static final double WORK = 1 << 28;

  private static final int MAX_BLOCK = 1024;
  private static final double LEVELS = 255;

  private final NDManager parent;
  private final byte[] images;
  private final byte[] others;
  private final int imageSize;
  private final boolean same;
  private final long[] nearest;

  private NearestImages(
      NDManager parent, byte[] images, byte[] others, int imageSize, boolean same) {
    this.parent = parent;
    this.images = images;
    this.others = others;
    this.imageSize = imageSize;
    this.same = same;
    nearest = new long[images.length / imageSize];
    Arrays.fill(nearest, Long.MAX_VALUE);
  }

  /**
   * Of images among those of another set.
   *
   * @param parent whose device is used
   * @param images one or more after another, uint8
   * @param others likewise
   */
  static NearestImages among(NDManager parent, byte[] images, byte[] others, int imageSize) {
    return new NearestImages(parent, images, others, imageSize, false);
  }

  /** Of images among the others of their own set, of at least two. */
  static NearestImages within(NDManager parent, byte[] images, int imageSize) {
    return new NearestImages(parent, images, images, imageSize, true);
  }

  /** The work, in parts of which each is to be run once. */
  List<Runnable> slices() {
    int side = (int) Math.max(1, Math.min(MAX_BLOCK, Math.sqrt(WORK / imageSize)));
    List<Runnable> slices = new ArrayList<>();
    for (Block rows : Blocks.of(images.length / imageSize, side)) {
      for (Block columns : Blocks.of(others.length / imageSize, side)) {
        slices.add(() -> compare(rows, columns));
      }
    }
    return slices;
  }

  private void compare(Block rows, Block columns) {
    boolean diagonal = same && rows.equals(columns);
    if (diagonal && rows.count() == 1) {
      return;
    }
    try (NDManager scope = parent.newSubManager()) {
      NDArray distances =
          Blocks.relativeDistances(
              upload(scope, images, rows),
              upload(scope, others, columns).transpose(),
              lengths(scope, columns));
      if (diagonal) {
        distances.addi(scope.eye(rows.count()).muli(Float.MAX_VALUE));
      }
      long[] candidates = distances.argMin(1).toLongArray();
      for (int i = 0; i < candidates.length; i++) {
        int image = rows.first() + i;
        nearest[image] =
            Math.min(nearest[image], distance(image, columns.first() + (int) candidates[i]));
      }
    }
  }

  private NDArray upload(NDManager scope, byte[] pixels, Block block) {
    int bytes = block.count() * imageSize;
    ByteBuffer copy = scope.allocateDirect(bytes);
    copy.put(pixels, block.first() * imageSize, bytes).rewind();
    return scope
        .create(copy, new Shape(block.count(), imageSize), DataType.UINT8)
        .toType(DataType.FLOAT32, true);
  }

  /** The others' lengths, squared, in levels. */
  private NDArray lengths(NDManager scope, Block columns) {
    float[] lengths = new float[columns.count()];
    for (int i = 0; i < lengths.length; i++) {
      long sum = 0;
      int offset = (columns.first() + i) * imageSize;
      for (int k = offset; k < offset + imageSize; k++) {
        int level = others[k] & 0xff;
        sum += (long) level * level;
      }
      lengths[i] = (float) sum;
    }
    return Upload.floats(scope, lengths, new Shape(1, lengths.length));
  }

  /** Squared, in levels. */
  private long distance(int image, int other) {
    long sum = 0;
    for (int i = 0; i < imageSize; i++) {
      int difference =
          (images[image * imageSize + i] & 0xff) - (others[other * imageSize + i] & 0xff);
      sum += (long) difference * difference;
    }
    return sum;
  }

  /** The mean distance: 0 for copies, at most the root of the image size. */
  double mean() {
    return Arrays.stream(nearest).mapToDouble(Math::sqrt).average().orElseThrow() / LEVELS;
  }
}
