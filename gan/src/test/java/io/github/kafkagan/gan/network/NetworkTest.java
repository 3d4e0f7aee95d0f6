package io.github.kafkagan.gan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.operator.Upload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Initializer INITIALIZER = new Initializer.FanIn();

  private final NDManager manager = Backend.newManager(Device.cpu());

  @BeforeEach
  void useGradients() {
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givenPyTorchsInitialiserThenWeightsAndBiasesAreUniformInTheInverseRootOfTheFanIn() {
    Map<String, Tensor> tensors =
        tensors(fresh(List.of(new Linear(400, true, false)), new Shape(100)));

    double bound = 0.1;
    for (String name : List.of("0.weight", "0.bias")) {
      double squares = 0;
      float[] values = Tensor.required(tensors, name, shape(tensors, name)).values();
      for (float value : values) {
        assertThat((double) value).isBetween(-bound, bound);
        squares += value * value;
      }
      assertThat(squares / values.length).isCloseTo(bound * bound / 3, within(4e-4));
    }
  }

  @Test
  void givenKerassInitialiserThenWeightsAreUniformInTheRootOfBothFansAndBiasesZero() {
    Network network =
        Network.fresh(
            manager,
            List.of(new Linear(500, true, false)),
            new Shape(100),
            true,
            new Initializer.Glorot(),
            1);
    Map<String, Tensor> tensors = tensors(network);

    double bound = Math.sqrt(6.0 / 600);
    double squares = 0;
    float[] values = Tensor.required(tensors, "0.weight", 500, 100).values();
    for (float value : values) {
      assertThat((double) value).isBetween(-bound, bound);
      squares += value * value;
    }
    assertThat(squares / values.length).isCloseTo(bound * bound / 3, within(1e-4));
    assertThat(Tensor.required(tensors, "0.bias", 500).values()).containsOnly(0);
  }

  @Test
  void givenTheSameSeedThenTheSameWeights() {
    List<Layer> layers = List.of(new Linear(5, true, true));

    assertThat(tensors(fresh(layers, new Shape(7))))
        .isEqualTo(tensors(fresh(layers, new Shape(7))));
  }

  @Test
  void givenTensorsCopiedOutWhenLoadedThenTheNetworkComputesTheSame() {
    List<Layer> layers =
        List.of(
            new Convolution(4, 4, 2, 1, true, true),
            new BatchNorm(),
            Activation.relu(0.2),
            Reshape.flat(16),
            new Projection(3, true));
    Shape input = new Shape(1, 4, 4);
    Network network = fresh(layers, input);
    NDArray x = input(5, input);
    NDArray labels = Labels.oneHot(manager, new int[] {0, 1, 2, 0, 1}, 3);
    network.forward(x, labels, true);

    Network loaded = Network.load(manager, layers, input, true, prefixed(tensors(network)), "a.");

    assertThat(loaded.forward(x, labels, false).toFloatArray())
        .isEqualTo(network.forward(x, labels, false).toFloatArray());
    assertThat(loaded.forward(x, labels, true).toFloatArray())
        .isEqualTo(network.forward(x, labels, true).toFloatArray());
    assertThat(tensors(loaded)).isEqualTo(tensors(network));
  }

  @Test
  void givenInferenceThenNoStatisticMoves() {
    List<Layer> layers = List.of(new BatchNorm(), new Linear(2, true, true));
    Network network = fresh(layers, new Shape(3));
    Map<String, Tensor> before = tensors(network);

    network.forward(input(4, new Shape(3)), null, false);
    assertThat(tensors(network)).isEqualTo(before);

    network.forward(input(4, new Shape(3)), null, true);
    assertThat(tensors(network)).isNotEqualTo(before);
  }

  @Test
  void givenAnAverageThenItMovesByTheShareAndTakesStatisticsOver() {
    List<Layer> layers = List.of(new Linear(2, true, false), new BatchNorm());
    Network average = fresh(layers, new Shape(3));
    Network other = Network.fresh(manager, layers, new Shape(3), true, INITIALIZER, 99);
    other.forward(input(4, new Shape(3)), null, true);
    Map<String, Tensor> before = tensors(average);
    Map<String, Tensor> target = tensors(other);

    average.follow(other, 0.25);

    Map<String, Tensor> after = tensors(average);
    assertThat(after.get("1.running_mean")).isEqualTo(target.get("1.running_mean"));
    assertThat(after.get("1.running_var")).isEqualTo(target.get("1.running_var"));
    float[] from = Tensor.required(before, "0.weight", 2, 3).values();
    float[] to = Tensor.required(target, "0.weight", 2, 3).values();
    float[] moved = Tensor.required(after, "0.weight", 2, 3).values();
    for (int i = 0; i < moved.length; i++) {
      assertThat(moved[i]).isCloseTo(from[i] + 0.25f * (to[i] - from[i]), within(1e-7f));
    }
    assertThat(tensors(other)).isEqualTo(target);
  }

  @Test
  void givenLayersThatDoNotFitThenTheReasonIsSaid() {
    assertThatThrownBy(
            () ->
                Network.output(
                    List.of(new Convolution(1, 9, 1, 0, true, false)), new Shape(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit on a side of 4");
    assertThatThrownBy(
            () -> Network.output(List.of(new Linear(1, true, false)), new Shape(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes samples of 1 dimensions");
    assertThatThrownBy(() -> Network.output(List.of(Reshape.flat(15)), new Shape(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit [15]");
  }

  private Network fresh(List<Layer> layers, Shape input) {
    return Network.fresh(manager, layers, input, true, INITIALIZER, 1);
  }

  private NDArray input(int batch, Shape sample) {
    return Upload.floats(
        manager, Latents.draw(5, batch, (int) sample.size()), new Shape(batch).addAll(sample));
  }

  private static Map<String, Tensor> tensors(Network network) {
    Map<String, Tensor> tensors = new TreeMap<>();
    network.copyTo(tensors::put, "");
    return tensors;
  }

  private static Map<String, Tensor> prefixed(Map<String, Tensor> tensors) {
    Map<String, Tensor> prefixed = new TreeMap<>();
    tensors.forEach((name, tensor) -> prefixed.put("a." + name, tensor));
    return prefixed;
  }

  private static long[] shape(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    return tensor == null ? new long[0] : tensor.shape();
  }
}
