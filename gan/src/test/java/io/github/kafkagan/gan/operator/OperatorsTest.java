package io.github.kafkagan.gan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.FiniteDifferences;
import io.github.kafkagan.gan.Latents;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorsTest {
  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Operators operators = new Operators(manager);

  @BeforeEach
  void useGradients() {
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givenATransposedConvolutionThenEachInputSpreadsTheKernel() {
    int in = 3;
    int out = 2;
    int side = 4;
    int kernel = 4;
    int stride = 2;
    int padding = 1;
    int made = (side - 1) * stride - 2 * padding + kernel;
    float[] x = Latents.draw(1, 1, in * side * side);
    float[] w = Latents.draw(2, 1, in * out * kernel * kernel);
    double[] expected = new double[out * made * made];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        for (int row = 0; row < side; row++) {
          for (int col = 0; col < side; col++) {
            for (int ky = 0; ky < kernel; ky++) {
              for (int kx = 0; kx < kernel; kx++) {
                int y = row * stride - padding + ky;
                int z = col * stride - padding + kx;
                if (y >= 0 && y < made && z >= 0 && z < made) {
                  expected[(o * made + y) * made + z] +=
                      x[(i * side + row) * side + col]
                          * w[((i * out + o) * kernel + ky) * kernel + kx];
                }
              }
            }
          }
        }
      }
    }

    NDArray input = array(x, 1, in, side, side);
    NDArray kernels = array(w, in, out, kernel, kernel);
    for (NDArray result :
        List.of(
            operators.transposedConvolution(input, kernels, stride, padding),
            operators.thinTransposedConvolution(input, kernels, stride, padding))) {
      assertThat(result.getShape()).isEqualTo(new Shape(1, out, made, made));
      float[] values = result.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) values[i]).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  @Test
  void givenATransposedConvolutionThenItsGradientIsThatOfFiniteDifferences() {
    NDArray x = array(Latents.draw(1, 1, 18), 1, 2, 3, 3);
    NDArray mix = array(Latents.draw(3, 1, 108), 1, 3, 6, 6);

    assertGradient(
        array(Latents.draw(2, 1, 96), 2, 3, 4, 4),
        w -> operators.transposedConvolution(x, w, 2, 1).mul(mix).sum());
  }

  @Test
  void givenAWeightThenRepeatedSpectralNormGivesItTheLargestSingularValueOne() {
    // Rows at right angles: the singular values are their lengths, 5 and 2.
    NDArray weight = array(new float[] {3, 4, 0, 0, 0, 2}, 2, 3);
    NDArray u = array(new float[] {0.6f, 0.8f}, 2);
    NDArray normalised = weight;

    for (int i = 0; i < 30; i++) {
      normalised = operators.spectralNorm(weight, weight, u);
    }

    assertClose(normalised, 0.6f, 0.8f, 0, 0, 0, 0.4f);
    assertClose(u, 1, 0);
    assertClose(weight, 3, 4, 0, 0, 0, 2);
  }

  @Test
  void givenConvergedSpectralNormThenItsGradientIsThatOfFiniteDifferences() {
    NDArray mix = array(Latents.draw(3, 1, 6), 2, 3);
    NDArray weight = array(new float[] {3, 4, 0, 0, 0, 2}, 2, 3);
    NDArray u = array(new float[] {1, 0}, 2);

    assertGradient(
        weight,
        w -> {
          NDArray estimate = u.duplicate();
          for (int i = 0; i < 20; i++) {
            operators.spectralNorm(w, w.stopGradient(), estimate);
          }
          return operators.spectralNorm(w, w, estimate).mul(mix).sum();
        });
  }

  @Test
  void givenALossThenGradientsAreReturnedAndNotAccumulated() {
    NDArray w = array(new float[] {1, 2}, 2);
    NDArray other = array(new float[] {5}, 1);
    w.setRequiresGradient(true);
    other.setRequiresGradient(true);

    for (int i = 0; i < 2; i++) {
      NDList gradients = operators.gradients(w.square().mul(other).sum(), new NDList(w));
      assertThat(gradients).hasSize(1);
      assertClose(gradients.get(0), 10, 20);
    }

    assertClose(w.getGradient(), 0, 0);
    assertClose(other.getGradient(), 0);
  }

  @Test
  void givenASymmetricMatrixThenItsEigenvectorsAreOnlyStretched() {
    NDArray matrix = array(new float[] {2, 1, 0, 1, 3, -1, 0, -1, 1}, 3, 3);

    NDList decomposed = operators.eigenvectors(matrix);

    NDArray values = decomposed.get(0);
    NDArray vectors = decomposed.get(1);
    assertClose(matrix.matMul(vectors).sub(vectors.mul(values)), new float[9]);
    assertClose(vectors.transpose().matMul(vectors), 1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(values.toFloatArray()).isSorted();
  }

  @Test
  void givenSeveralStepsThenAdamIsTheFormulaOfThePaper() {
    double rate = 0.1;
    double beta1 = 0.5;
    double beta2 = 0.9;
    double epsilon = 1e-3;
    NDArray w = array(new float[] {1, -2}, 2);
    NDArray mean = manager.zeros(new Shape(2));
    NDArray variance = manager.zeros(new Shape(2));
    double[] x = {1, -2};
    double[] m = new double[2];
    double[] v = new double[2];
    float[][] gradients = {{0.5f, -3}, {2, 1e-3f}, {-1, 0}};

    for (int step = 1; step <= gradients.length; step++) {
      float[] gradient = gradients[step - 1];
      operators.adam(
          new NDList(w),
          new NDList(array(gradient, 2)),
          new NDList(mean),
          new NDList(variance),
          step,
          rate,
          beta1,
          beta2,
          epsilon);
      for (int i = 0; i < 2; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
        v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
        double corrected = m[i] / (1 - Math.pow(beta1, step));
        double scale = Math.sqrt(v[i] / (1 - Math.pow(beta2, step))) + epsilon;
        x[i] -= rate * corrected / scale;
        assertThat((double) w.toFloatArray()[i]).isCloseTo(x[i], within(1e-5));
      }
    }
  }

  @Test
  void givenSeveralStepsThenRmsPropIsTheFormula() {
    double rate = 0.1;
    double decay = 0.9;
    double epsilon = 1e-3;
    NDArray w = array(new float[] {1, -2}, 2);
    NDArray squares = manager.zeros(new Shape(2));
    double[] x = {1, -2};
    double[] v = new double[2];
    float[][] gradients = {{0.5f, -3}, {2, 1e-3f}, {-1, 0}};

    for (float[] gradient : gradients) {
      operators.rmsProp(
          new NDList(w), new NDList(array(gradient, 2)), new NDList(squares), rate, decay, epsilon);
      for (int i = 0; i < 2; i++) {
        v[i] = decay * v[i] + (1 - decay) * gradient[i] * gradient[i];
        x[i] -= rate * gradient[i] / (Math.sqrt(v[i]) + epsilon);
        assertThat((double) w.toFloatArray()[i]).isCloseTo(x[i], within(1e-5));
      }
    }
  }

  @Test
  void givenABoundThenOnlyNumbersBeyondItAreClipped() {
    NDArray a = array(new float[] {-2, -0.5f, 0, 3}, 4);
    NDArray b = array(new float[] {0.2f, 0.7f}, 2);

    operators.clip(new NDList(a, b), 0.6);

    assertClose(a, -0.6f, -0.5f, 0, 0.6f);
    assertClose(b, 0.2f, 0.6f);
  }

  @Test
  void givenALinearCriticThenTheGradientPenaltyIsTheFormula() {
    NDArray x = array(Latents.draw(1, 1, 8), 4, 2);
    x.setRequiresGradient(true);
    NDArray w = array(new float[] {3, 4}, 2, 1);
    w.setRequiresGradient(true);

    NDArray penalty = operators.gradientPenalty(x.matMul(w), x, Upload.scalar(manager, 10));

    assertClose(penalty, 10 * 4 * 4);
    NDArray gradient = operators.gradients(penalty, new NDList(w)).singletonOrThrow();
    assertClose(gradient, 10 * 2 * 4 * 3 / 5f, 10 * 2 * 4 * 4 / 5f);
  }

  @Test
  void givenACurvedCriticThenTheGradientOfThePenaltyIsThatOfFiniteDifferences() {
    float[] samples = Latents.draw(1, 3, 4);
    NDArray head = array(Latents.draw(4, 1, 5), 5, 1);

    assertGradient(
        array(Latents.draw(2, 1, 20), 4, 5),
        w -> {
          NDArray x = array(samples, 3, 4);
          x.setRequiresGradient(true);
          NDArray logits = Activation.tanh(x.matMul(w)).matMul(head);
          return operators.gradientPenalty(logits, x, Upload.scalar(manager, 0.1));
        });
  }

  private void assertGradient(NDArray at, UnaryOperator<NDArray> function) {
    FiniteDifferences.assertGradient(operators, at, function);
  }

  private NDArray array(float[] values, long... shape) {
    return Upload.floats(manager, values, new Shape(shape));
  }

  private static void assertClose(NDArray array, float... expected) {
    assertThat(array.toFloatArray()).containsExactly(expected, within(1e-4f));
  }
}
