package io.github.kafkagan.gan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.FiniteDifferences;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualBatchNormTest {
  private static final int REFERENCES = 3;
  private static final int SAMPLES = 2;
  private static final int CHANNELS = 2;
  private static final double EPSILON = 1e-5;

  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Operators operators = new Operators(manager);
  private final VirtualBatchNorm layer = new VirtualBatchNorm(REFERENCES);
  private final NDArray scale = array(new float[] {1.5f, -0.5f}, CHANNELS);
  private final NDArray shift = array(new float[] {0.25f, 1}, CHANNELS);
  private final NDArray mean = manager.zeros(new Shape(CHANNELS));
  private final NDArray square = manager.ones(new Shape(CHANNELS));

  @BeforeEach
  void useGradients() {
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenATrainingPassThenValuesAreThoseOfThePaper(int places) {
    float[] x = values(places);

    float[] result = forward(batch(x, places), true).toFloatArray();

    for (int channel = 0; channel < CHANNELS; channel++) {
      double referenceMean = mean(x, 0, REFERENCES, channel, places, 1);
      double referenceSquares = mean(x, 0, REFERENCES, channel, places, 2);
      for (int sample = 0; sample < REFERENCES + SAMPLES; sample++) {
        double share = sample < REFERENCES ? 0 : 1.0 / (REFERENCES + 1);
        double mu =
            (1 - share) * referenceMean + share * mean(x, sample, sample + 1, channel, places, 1);
        double squares =
            (1 - share) * referenceSquares
                + share * mean(x, sample, sample + 1, channel, places, 2);
        double deviation = Math.sqrt(squares - mu * mu + EPSILON);
        for (int place = 0; place < places; place++) {
          int at = (sample * CHANNELS + channel) * places + place;
          double expected =
              (x[at] - mu) / deviation * scale.getFloat(channel) + shift.getFloat(channel);
          assertThat((double) result[at]).isCloseTo(expected, within(1e-5));
        }
      }
      assertThat((double) mean.getFloat(channel)).isCloseTo(referenceMean, within(1e-6));
      assertThat((double) square.getFloat(channel)).isCloseTo(referenceSquares, within(1e-5));
    }
  }

  /** The mean of a channel's values to a power, over samples {@code from} to {@code to}. */
  private static double mean(float[] x, int from, int to, int channel, int places, int power) {
    double sum = 0;
    for (int sample = from; sample < to; sample++) {
      for (int place = 0; place < places; place++) {
        sum += Math.pow(x[(sample * CHANNELS + channel) * places + place], power);
      }
    }
    return sum / ((to - from) * places);
  }

  @Test
  void givenInferenceThenSamplesAreWhatTheyWereInTraining() {
    float[] x = values(4);
    NDArray trained = forward(batch(x, 4), true).get(REFERENCES + ":");
    float[] storedMean = mean.toFloatArray();

    NDArray inferred = forward(batch(x, 4).get(REFERENCES + ":"), false);

    assertThat(inferred.toFloatArray()).containsExactly(trained.toFloatArray(), within(1e-6f));
    assertThat(mean.toFloatArray()).isEqualTo(storedMean);
  }

  @Test
  void givenOtherCompanionsThenASampleIsTheSameToTheLastBit() {
    NDArray x = batch(values(4), 4);
    NDArray others = x.duplicate();
    others.set(new NDIndex(REFERENCES + 1), 9f);
    String sample = Integer.toString(REFERENCES);

    for (boolean training : new boolean[] {true, false}) {
      assertThat(forward(others, training).get(sample).toFloatArray())
          .isEqualTo(forward(x, training).get(sample).toFloatArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenATrainingPassThenGradientsAreThoseOfFiniteDifferences(int places) {
    NDArray x = batch(values(places), places);
    NDArray mix = batch(Latents.draw(3, 1, (REFERENCES + SAMPLES) * CHANNELS * places), places);

    FiniteDifferences.assertGradient(
        operators, x, moved -> forward(moved, scale, shift, true).mul(mix).sum());
    FiniteDifferences.assertGradient(
        operators, scale, moved -> forward(x, moved, shift, true).mul(mix).sum());
    FiniteDifferences.assertGradient(
        operators, shift, moved -> forward(x, scale, moved, true).mul(mix).sum());
  }

  @Test
  void givenAPenaltyOnSlopesThenItsGradientIsThatOfFiniteDifferences() {
    float[] values = values(4);

    FiniteDifferences.assertGradient(
        operators,
        scale,
        moved -> {
          NDArray x = batch(values, 4);
          x.setRequiresGradient(true);
          NDArray logits = forward(x, moved, shift, true).tanh().sum(new int[] {1, 2});
          return operators.gradientPenalty(logits, x, Upload.scalar(manager, 0.1));
        });
  }

  @Test
  void givenNoReferencesThenItIsRefused() {
    assertThatThrownBy(() -> new VirtualBatchNorm(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("references must be at least 1, was 0");
  }

  /** Far from a mean of zero and a deviation of one, and not alike in both channels. */
  private static float[] values(int places) {
    float[] values = Latents.draw(2, 1, (REFERENCES + SAMPLES) * CHANNELS * places);
    for (int i = 0; i < values.length; i++) {
      values[i] = i / places % CHANNELS == 0 ? 3 + 2 * values[i] : values[i] - 1;
    }
    return values;
  }

  private NDArray batch(float[] values, int places) {
    return places == 1
        ? array(values, REFERENCES + SAMPLES, CHANNELS)
        : array(values, REFERENCES + SAMPLES, CHANNELS, places);
  }

  private NDArray array(float[] values, long... shape) {
    return Upload.floats(manager, values, new Shape(shape));
  }

  private NDArray forward(NDArray x, boolean training) {
    return forward(x, scale, shift, training);
  }

  private NDArray forward(NDArray x, NDArray weight, NDArray bias, boolean training) {
    Map<String, NDArray> weights =
        Map.of("weight", weight, "bias", bias, "reference_mean", mean, "reference_square", square);
    return layer.forward(x, new Pass(weights, null, training, operators, null));
  }
}
