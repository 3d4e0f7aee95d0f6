package io.github.kafkagan.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;
import java.util.function.UnaryOperator;

/** Derivatives from nothing but values of the function itself. */
public final class FiniteDifferences {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 5e-3;

  private FiniteDifferences() {}

  /**
   * Compares a function's gradient with central differences.
   *
   * @param at where
   * @param function from an array like {@code at} to a scalar
   */
  public static void assertGradient(
      Operators operators, NDArray at, UnaryOperator<NDArray> function) {
    NDArray point = at.duplicate();
    point.setRequiresGradient(true);
    NDArray loss = function.apply(point);
    float[] gradient = operators.gradients(loss, new NDList(point)).get(0).toFloatArray();
    float[] values = at.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      double above = function.apply(moved(at, values, i, STEP)).getFloat();
      double below = function.apply(moved(at, values, i, -STEP)).getFloat();
      assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
    }
  }

  private static NDArray moved(NDArray at, float[] values, int index, float by) {
    float[] moved = values.clone();
    moved[index] += by;
    return Upload.floats(at.getManager(), moved, new Shape(at.getShape().getShape()));
  }
}
