package io.github.kafkagan.gan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import java.nio.BufferOverflowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadTest {
  private static final Shape SHAPE = new Shape(2, 2);

  private final NDManager manager = Backend.newManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void numbersAreThereRowByRow() {
    float[] numbers = {1, 2, 3, 4};

    assertThat(Upload.floats(manager, numbers, SHAPE).get(1).toFloatArray()).containsExactly(3, 4);
    assertThat(Upload.scalar(manager, 0.5).getFloat()).isEqualTo(0.5f);
  }

  @Test
  void noNumberIsLeftToWhatWasInMemoryBefore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Upload.floats(manager, new float[3], SHAPE))
        .withMessage("4 numbers were needed, not 3");
    assertThatThrownBy(() -> Upload.floats(manager, new float[5], SHAPE))
        .isInstanceOf(BufferOverflowException.class);
  }
}
