package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kafkagan.gan.operator.Upload;

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
    int area = shape.rows() * shape.cols();
    float[] values = new float[count * shape.size()];
    // In Java, as the way back: the engine would take five operations for it, one by one.
    int next = 0;
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int from = image * shape.size() + channel;
        for (int pixel = 0; pixel < area; pixel++) {
          values[next++] = (pixels[from + pixel * shape.channels()] & 0xff) * scale + offset;
        }
      }
    }
    return Upload.floats(
        manager, values, new Shape(count, shape.channels(), shape.rows(), shape.cols()));
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
    float[] values = (grey ? images : images.transpose(0, 2, 3, 1).duplicate()).toFloatArray();
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int level = (int) Math.rint((values[i] - offset) / scale);
      pixels[i] = (byte) Math.max(0, Math.min(LEVELS, level));
    }
    return pixels;
  }
}
