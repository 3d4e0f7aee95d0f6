package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kafkagan.gan.operator.Upload;
import java.nio.FloatBuffer;

/** The range in which networks see pixels, and the way from bytes to it and back. */
public enum PixelRange {
  /** [-1, 1], for generators that end in tanh. */
  @JsonProperty("symmetric")
  SYMMETRIC(2f / 255, -1f),
  /** [0, 1], for generators that end in a sigmoid. */
  @JsonProperty("unit")
  UNIT(1f / 255, 0f);

  private static final int LEVELS = 255;

  private final float scale;
  private final float offset;

  PixelRange(float scale, float offset) {
    this.scale = scale;
    this.offset = offset;
  }

  /**
   * Bytes to network input.
   *
   * @param pixels at least {@code count × shape.size()} uint8 values, rows × columns × channels
   * @return float32, count × channels × rows × columns, owned by {@code manager}
   */
  public NDArray decode(NDManager manager, byte[] pixels, int count, ImageShape shape) {
    float[] levels = levels();
    // In Java, as the way back: the engine would take five operations for it, one by one.
    return Upload.floats(
        manager,
        new Shape(count, shape.channels(), shape.rows(), shape.cols()),
        input -> {
          if (shape.channels() == 1) {
            putGrey(input, levels, pixels, count * shape.size());
          } else {
            for (int image = 0; image < count; image++) {
              for (int channel = 0; channel < shape.channels(); channel++) {
                putChannel(input, levels, pixels, image * shape.size() + channel, shape);
              }
            }
          }
        });
  }

  /** Grey images: twice as fast, since their numbers are in the order of their pixels. */
  private static void putGrey(FloatBuffer input, float[] levels, byte[] pixels, int size) {
    for (int i = 0; i < size; i++) {
      input.put(i, levels[pixels[i] & LEVELS]);
    }
    input.position(size);
  }

  /** One channel of an image, whose pixels have the others beside them. */
  private static void putChannel(
      FloatBuffer input, float[] levels, byte[] pixels, int first, ImageShape shape) {
    for (int i = 0; i < shape.rows() * shape.cols(); i++) {
      input.put(levels[pixels[first + i * shape.channels()] & LEVELS]);
    }
  }

  /** What the networks see for each byte. */
  private float[] levels() {
    float[] levels = new float[LEVELS + 1];
    for (int level = 0; level <= LEVELS; level++) {
      levels[level] = level * scale + offset;
    }
    return levels;
  }

  /**
   * Network output to bytes; values outside the range are clipped.
   *
   * @param images float32, count × channels × rows × columns
   * @return uint8, count × rows × columns × channels
   */
  public byte[] encode(NDArray images) {
    boolean grey = images.getShape().get(1) == 1;
    // In Java: the same five operations take ten times as long in the engine, one by one.
    float[] output = (grey ? images : images.transpose(0, 2, 3, 1).duplicate()).toFloatArray();
    byte[] pixels = new byte[output.length];
    for (int i = 0; i < output.length; i++) {
      int level = (int) Math.rint((output[i] - offset) / scale);
      pixels[i] = (byte) Math.max(0, Math.min(LEVELS, level));
    }
    return pixels;
  }
}
