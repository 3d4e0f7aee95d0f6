package io.github.kafkagan.gan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.FiniteDifferences;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MinibatchDiscriminationTest {
  private static final int BATCH = 4;
  private static final int FEATURES = 3;
  private static final int KERNELS = 2;
  private static final int DIMENSIONS = 5;

  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Operators operators = new Operators(manager);
  private final MinibatchDiscrimination layer =
      new MinibatchDiscrimination(KERNELS, DIMENSIONS, false);
  // Of these no two points share a coordinate: the distance has a kink there.
  private final float[] features = Latents.draw(6, BATCH, FEATURES);
  private final float[] weight = weight();

  @BeforeEach
  void useGradients() {
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givenABatchThenEachSampleGetsTheSumsOfThePaperOverTheOthers() {
    float[] result = forward(features()).toFloatArray();

    for (int i = 0; i < BATCH; i++) {
      for (int f = 0; f < FEATURES; f++) {
        assertThat(result[i * (FEATURES + KERNELS) + f]).isEqualTo(features[i * FEATURES + f]);
      }
      for (int b = 0; b < KERNELS; b++) {
        double sum = 0;
        for (int j = 0; j < BATCH; j++) {
          double distance = 0;
          for (int c = 0; c < DIMENSIONS; c++) {
            distance += Math.abs(point(i, b, c) - point(j, b, c));
          }
          sum += j == i ? 0 : Math.exp(-distance);
        }
        assertThat((double) result[i * (FEATURES + KERNELS) + FEATURES + b])
            .isCloseTo(sum, within(1e-5));
      }
    }
  }

  /** M of the paper: the features times the tensor T, here units first. */
  private double point(int sample, int kernel, int dimension) {
    double sum = 0;
    for (int f = 0; f < FEATURES; f++) {
      sum +=
          (double) features[sample * FEATURES + f]
              * weight[(kernel * DIMENSIONS + dimension) * FEATURES + f];
    }
    return sum;
  }

  @Test
  void givenASampleAloneThenItIsCloseToNone() {
    NDArray alone = Upload.floats(manager, Latents.draw(1, 1, FEATURES), new Shape(1, FEATURES));

    assertThat(forward(alone).toFloatArray()).endsWith(0, 0);
  }

  @Test
  void givenCopiesOfOneSampleThenEachIsFullyCloseToAllOthers() {
    NDArray same = manager.ones(new Shape(BATCH, FEATURES));

    float[] result = forward(same).get(":, " + FEATURES + ":").toFloatArray();
    assertThat(result).hasSize(BATCH * KERNELS).containsOnly(BATCH - 1);
  }

  @Test
  void givenABatchThenGradientsAreThoseOfFiniteDifferences() {
    NDArray mix =
        Upload.floats(
            manager,
            Latents.draw(3, BATCH, FEATURES + KERNELS),
            new Shape(BATCH, FEATURES + KERNELS));

    FiniteDifferences.assertGradient(
        operators, features(), x -> forward(x, weightArray()).mul(mix).sum());
    FiniteDifferences.assertGradient(
        operators, weightArray(), w -> forward(features(), w).mul(mix).sum());
  }

  @Test
  void givenAGeneratorThenItIsRefused() {
    List<Layer> layers = List.of(new MinibatchDiscrimination(1, 1, false), Reshape.to(image()));

    assertThatThrownBy(
            () -> new GeneratorSpec(new ImageShape(2, 2, 1), PixelRange.UNIT, 3, 0, layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no image may depend on another");
  }

  private static Shape image() {
    return new Shape(1, 2, 2);
  }

  /** Small, so that distances are of the order of one. */
  private static float[] weight() {
    float[] values = Latents.draw(2, 1, KERNELS * DIMENSIONS * FEATURES);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.2f;
    }
    return values;
  }

  private NDArray features() {
    return Upload.floats(manager, features, new Shape(BATCH, FEATURES));
  }

  private NDArray weightArray() {
    return Upload.floats(manager, weight, new Shape(KERNELS * DIMENSIONS, FEATURES));
  }

  private NDArray forward(NDArray x) {
    return forward(x, weightArray());
  }

  private NDArray forward(NDArray x, NDArray w) {
    return layer.forward(x, new Pass(Map.of("weight", w), null, true, operators, null));
  }
}
