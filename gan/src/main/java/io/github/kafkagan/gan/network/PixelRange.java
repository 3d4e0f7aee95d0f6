package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;

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
    Shape stored = new Shape(count, shape.rows(), shape.cols(), shape.channels());
    // Our own direct buffer: on the CPU the array is a view of it, and lives as long as the array.
    ByteBuffer copy = manager.allocateDirect(count * shape.size());
    copy.put(pixels, 0, count * shape.size()).rewind();
    NDArray images = manager.create(copy, stored, DataType.UINT8);
    NDArray channelsFirst =
        shape.channels() == 1
            ? images.reshape(count, 1, shape.rows(), shape.cols())
            : images.transpose(0, 3, 1, 2);
    return channelsFirst.toType(DataType.FLOAT32, true).muli(scale).addi(offset);
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
