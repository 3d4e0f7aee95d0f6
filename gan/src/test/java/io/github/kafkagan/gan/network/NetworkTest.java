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
            new VirtualBatchNorm(5),
            new BatchNorm(),
            Activation.relu(0.2),
            Reshape.flat(16),
            new MinibatchDiscrimination(3, 2, true),
            new Projection(3, true));
    Shape input = new Shape(1, 4, 4);
    Network network = fresh(layers, input);
    NDArray x = input(5, input);
    NDArray labels = Labels.oneHot(manager, new int[] {0, 1, 2, 0, 1}, 3);
    network.refer(x, labels);
    network.forward(x, labels, true);

    Network loaded = Network.load(manager, layers, input, true, prefixed(tensors(network)), "a.");
    loaded.refer(x, labels);

    assertThat(loaded.forward(x, labels, false).toFloatArray())
        .isEqualTo(network.forward(x, labels, false).toFloatArray());
    assertThat(loaded.forward(x, labels, true).toFloatArray())
        .isEqualTo(network.forward(x, labels, true).toFloatArray());
    assertThat(tensors(loaded)).isEqualTo(tensors(network));
  }

  @Test
  void givenInferenceThenNoStatisticMoves() {
    List<Layer> layers =
        List.of(new VirtualBatchNorm(4), new BatchNorm(), new Linear(2, true, true));
    Network network = fresh(layers, new Shape(3));
    network.refer(input(4, new Shape(3)), null);
    Map<String, Tensor> before = tensors(network);

    network.forward(input(4, new Shape(3)), null, false);
    assertThat(tensors(network)).isEqualTo(before);

    network.forward(input(4, new Shape(3)), null, true);
    assertThat(tensors(network)).isNotEqualTo(before);
  }

  @Test
  void givenAnAverageThenItMovesByTheShareAndTakesStatisticsOver() {
    List<Layer> layers =
        List.of(new Linear(2, true, false), new VirtualBatchNorm(3), new BatchNorm());
    Network average = fresh(layers, new Shape(3));
    Network other = Network.fresh(manager, layers, new Shape(3), true, INITIALIZER, 99);
    other.refer(input(3, new Shape(3)), null);
    other.forward(input(4, new Shape(3)), null, true);
    Map<String, Tensor> before = tensors(average);
    Map<String, Tensor> target = tensors(other);

    average.follow(other, 0.25);

    Map<String, Tensor> after = tensors(average);
    for (String statistic :
        List.of("1.reference_mean", "1.reference_square", "2.running_mean", "2.running_var")) {
      assertThat(after.get(statistic)).isEqualTo(target.get(statistic));
      assertThat(after.get(statistic)).isNotEqualTo(before.get(statistic));
    }
    float[] from = Tensor.required(before, "0.weight", 2, 3).values();
    float[] to = Tensor.required(target, "0.weight", 2, 3).values();
    float[] moved = Tensor.required(after, "0.weight", 2, 3).values();
    for (int i = 0; i < moved.length; i++) {
      assertThat(moved[i]).isCloseTo(from[i] + 0.25f * (to[i] - from[i]), within(1e-7f));
    }
    assertThat(tensors(other)).isEqualTo(target);
  }

  @Test
  void givenAReferenceThenTrainingSamplesAreSeenWithItAndWithoutEachOther() {
    List<Layer> layers =
        List.of(
            new LabelEmbedding(3, 2),
            new Linear(6, false, false),
            new VirtualBatchNorm(4),
            new Projection(3, false));
    Network network = fresh(layers, new Shape(5));
    network.refer(input(4, new Shape(5)), Labels.oneHot(manager, new int[] {0, 1, 2, 0}, 3));
    NDArray x = input(6, new Shape(5)).get("4:");

    NDArray both = network.forward(x, Labels.oneHot(manager, new int[] {2, 1}, 3), true);
    NDArray alone = network.forward(x.get("1:"), Labels.oneHot(manager, new int[] {1}, 3), true);
    NDArray served = network.forward(x, Labels.oneHot(manager, new int[] {2, 1}, 3), false);

    assertThat(network.mixesSamples()).isFalse();
    assertThat(both.getShape()).isEqualTo(new Shape(2, 1));
    assertThat(both.getManager()).isSameAs(x.getManager());
    assertThat(alone.getFloat()).isCloseTo(both.getFloat(1, 0), within(1e-6f));
    assertThat(served.toFloatArray()).containsExactly(both.toFloatArray(), within(1e-6f));
    assertThat(network.features(x, Labels.oneHot(manager, new int[] {2, 1}, 3), true).getShape())
        .isEqualTo(new Shape(2, 6));
  }

  @Test
  void givenAnotherReferenceThenTrainingSamplesDiffer() {
    Network network =
        fresh(List.of(new Linear(6, false, false), new VirtualBatchNorm(4)), new Shape(5));
    NDArray x = input(1, new Shape(5));
    network.refer(input(4, new Shape(5)), null);
    float[] with = network.forward(x, null, true).toFloatArray();

    network.refer(input(4, new Shape(5)).add(1), null);

    assertThat(network.forward(x, null, true).toFloatArray()).isNotEqualTo(with);
  }

  @Test
  void givenVirtualNormalisationWithoutAReferenceThenTrainingIsRefused() {
    Network network = fresh(List.of(new VirtualBatchNorm(4)), new Shape(5));

    assertThat(network.references()).isEqualTo(4);
    assertThat(network.reference()).isEmpty();
    assertThatThrownBy(() -> network.forward(input(2, new Shape(5)), null, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a reference");
  }

  @Test
  void givenAReferenceThatNotAllLayersCouldTellThenTheNetworkIsRefused() {
    Shape input = new Shape(5);

    assertThatThrownBy(
            () -> Layers.output(List.of(new BatchNorm(), new VirtualBatchNorm(4)), input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may mix samples");
    assertThatThrownBy(
            () -> Layers.output(List.of(new VirtualBatchNorm(3), new VirtualBatchNorm(4)), input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many references");
    assertThat(Layers.output(List.of(new VirtualBatchNorm(4), new BatchNorm()), input))
        .isEqualTo(input);
  }

  @Test
  void givenLayersThatDoNotFitThenTheReasonIsSaid() {
    assertThatThrownBy(
            () ->
                Layers.output(
                    List.of(new Convolution(1, 9, 1, 0, true, false)), new Shape(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit on a side of 4");
    assertThatThrownBy(() -> Layers.output(List.of(new Linear(1, true, false)), new Shape(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes samples of 1 dimensions");
    assertThatThrownBy(() -> Layers.output(List.of(Reshape.flat(15)), new Shape(1, 4, 4)))
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
