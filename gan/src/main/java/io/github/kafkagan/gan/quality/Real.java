package io.github.kafkagan.gan.quality;

/**
 * Real images to compare generated ones with.
 *
 * @param count of images, at least 6
 * @param pixels {@code count} images, uint8, rows × columns × channels. Not copied
 * @param labels one per image; empty if there are none. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over to an evaluation, never compared.
public record Real(int count, byte[] pixels, int[] labels) {
  public Real {
    if (count <= DensityCoverage.NEIGHBOURS) {
      throw new IllegalArgumentException(
          "an evaluation needs more than "
              + DensityCoverage.NEIGHBOURS
              + " real images, not "
              + count);
    }
    if (pixels.length == 0 || pixels.length % count != 0) {
      throw new IllegalArgumentException(pixels.length + " bytes are not " + count + " images");
    }
    if (labels.length != 0 && labels.length != count) {
      throw new IllegalArgumentException(labels.length + " labels for " + count + " images");
    }
  }

  /** Bytes of one image. */
  int imageSize() {
    return pixels.length / count;
  }
}
