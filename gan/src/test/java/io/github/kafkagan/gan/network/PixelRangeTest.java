package io.github.kafkagan.gan.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelRangeTest {
  private final NDManager manager = Backend.newManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(PixelRange.class)
  void everyLevelComesBackAsItWas(PixelRange range) {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = (byte) level;
    }

    NDArray decoded = range.decode(manager, levels, 1, new ImageShape(16, 16, 1));

    assertThat(range.encode(decoded)).isEqualTo(levels);
  }

  @Test
  void pixelsOfSeveralChannelsComeBackInTheirOrder() {
    byte[] pixels = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120};

    NDArray decoded = PixelRange.UNIT.decode(manager, pixels, 1, new ImageShape(2, 2, 3));

    assertThat(decoded.getShape()).isEqualTo(new Shape(1, 3, 2, 2));
    assertThat(PixelRange.UNIT.encode(decoded)).isEqualTo(pixels);
  }

  @Test
  void valuesAreRoundedToTheNearestLevelAndClipped() {
    assertThat(encode(PixelRange.UNIT, -3f, 10.4f / 255, 10.6f / 255, 254.6f / 255, 7f))
        .containsExactly(0, 10, 11, 255, 255);
    assertThat(encode(PixelRange.SYMMETRIC, -1.5f, -1f, 0.001f, 1f, 1.5f))
        .containsExactly(0, 0, 128, 255, 255);
  }

  private int[] encode(PixelRange range, float... values) {
    NDArray images = manager.create(values, new Shape(1, 1, 1, values.length));
    byte[] pixels = range.encode(images);
    int[] levels = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      levels[i] = Byte.toUnsignedInt(pixels[i]);
    }
    return levels;
  }
}
