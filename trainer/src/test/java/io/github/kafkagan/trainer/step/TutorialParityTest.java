package io.github.kafkagan.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.preset.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares three steps of each tutorial's GAN with figures that tutorial_parity.py, beside the
 * fixture, computed with PyTorch in double precision.
 */
class TutorialParityTest {
  private static final long SEED = 1;
  private static final int STEPS = 3;
  private static final int PRIME = 10007;
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"mlp-1024", "mlp-256", "mlp-128"})
  void givenTheSameStartThenThreeStepsEndWhereTheTutorialsGanDoes(String name) throws IOException {
    JsonNode expected = figures().path(name);
    Preset preset = Preset.named(name);
    byte[] start;
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, SEED, Device.cpu())) {
      start = start(training.trainingState(), expected.path("tensors"));
    }
    Map<String, Tensor> before = Snapshot.decode(start).tensors();

    try (AdversarialTraining training =
        AdversarialTraining.restore(preset, SEED, Device.cpu(), start)) {
      for (int step = 1; step <= STEPS; step++) {
        StepResult result = training.step(batch(step, preset));

        JsonNode losses = expected.path("losses").path(step - 1);
        assertThat(result.lossDiscriminator())
            .isCloseTo(losses.path("discriminator").asDouble(), withPercentage(0.01));
        assertThat(result.lossGenerator())
            .isCloseTo(losses.path("generator").asDouble(), withPercentage(0.01));
      }

      Map<String, Tensor> after = training.trainingState().tensors();
      assertThat(expected.path("tensors")).isNotEmpty();
      for (Map.Entry<String, JsonNode> tensor : expected.path("tensors").properties()) {
        assertUpdate(
            tensor.getKey(),
            tensor.getValue(),
            values(before, tensor.getKey()),
            values(after, tensor.getKey()));
      }
    }
  }

  private static void assertUpdate(String name, JsonNode expected, float[] before, float[] after) {
    JsonNode sums = expected.path("sketch");
    double[] sketch = new double[sums.size()];
    double squares = 0;
    for (int k = 0; k < after.length; k++) {
      double update = (double) after[k] - before[k];
      squares += update * update;
      int hash = residue(k, 331, 7);
      sketch[hash / 2 % sketch.length] += hash % 2 == 0 ? update : -update;
    }
    double norm = expected.path("norm").asDouble();
    double difference = 0;
    for (int i = 0; i < sketch.length; i++) {
      difference += Math.pow(sketch[i] - sums.path(i).asDouble(), 2);
    }

    assertThat(Math.sqrt(squares)).as(name).isCloseTo(norm, within(TOLERANCE * norm));
    assertThat(Math.sqrt(difference) / norm).as(name).isLessThan(TOLERANCE);
    for (Map.Entry<String, JsonNode> entry : expected.path("entries").properties()) {
      assertThat((double) after[Integer.parseInt(entry.getKey())])
          .as(name)
          .isCloseTo(entry.getValue().asDouble(), within(1e-6));
    }
  }

  /** The state with every weight replaced by the formula's. */
  private static byte[] start(Snapshot state, JsonNode names) {
    Map<String, Tensor> tensors = new TreeMap<>(state.tensors());
    int[] next = {0, 100};
    names
        .fieldNames()
        .forEachRemaining(
            name -> {
              int network = name.startsWith("generator.") ? 0 : 1;
              tensors.put(name, weight(tensor(tensors, name).shape(), next[network]++));
            });
    return new Snapshot(tensors, state.metadata()).encode();
  }

  private static Tensor weight(long[] shape, int index) {
    double bound = 1 / Math.sqrt((double) (shape.length == 2 ? shape[1] : 16 * shape[0]));
    int size = 1;
    for (long length : shape) {
      size *= (int) length;
    }
    float[] values = new float[size];
    for (int k = 0; k < size; k++) {
      values[k] = (float) (bound * (2.0 * residue(k, 97, 31 * index) / PRIME - 1));
    }
    return new Tensor(shape, values);
  }

  private static Batch batch(int step, Preset preset) {
    byte[] pixels = new byte[preset.batchSize() * preset.image().size()];
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = (byte) (residue(k, 7, 13 * step) * 256 / PRIME);
    }
    return new Batch(pixels, new int[0], preset.batchSize());
  }

  private static int residue(long k, int factor, int offset) {
    return (int) ((k * k + factor * k + offset) % PRIME);
  }

  private static float[] values(Map<String, Tensor> tensors, String name) {
    return tensor(tensors, name).values();
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static JsonNode figures() throws IOException {
    try (InputStream fixture =
        TutorialParityTest.class.getResourceAsStream("tutorial-parity.json")) {
      return new ObjectMapper().readTree(fixture);
    }
  }
}
