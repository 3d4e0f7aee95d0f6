package io.github.kafkagan.trainer.step;

/**
 * Real images for one step. The arrays are not copied: nobody changes them.
 *
 * @param pixels {@code size} images one after another, uint8, rows × columns × channels
 * @param labels one per image; empty if the stream has none
 * @param size how many images, at least 1
 */
@SuppressWarnings(
    "ArrayRecordComponent") // A hand-over between two steps of a loop, never compared.
public record Batch(byte[] pixels, int[] labels, int size) {
  public Batch {
    if (size < 1 || pixels.length % size != 0) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are no batch of " + size + " images");
    }
    if (labels.length != 0 && labels.length != size) {
      throw new IllegalArgumentException(labels.length + " labels for " + size + " images");
    }
  }
}
