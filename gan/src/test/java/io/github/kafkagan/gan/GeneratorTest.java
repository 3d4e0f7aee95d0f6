package io.github.kafkagan.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Safetensors;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  private static final long SEED = 7;

  @ParameterizedTest
  @ValueSource(strings = {"mlp-1024", "digits", "improved"})
  void givenABatchThenEachImageIsTheOneThatItIsAlone(String preset) {
    GeneratorSpec spec = Preset.named(preset).generatorSpec();
    int count = 70;
    int size = spec.image().size();
    try (Generator generator = Generator.load(spec, highContrast(spec), Device.cpu())) {
      float[] latents = Latents.draw(SEED, count, spec.latentSize());
      int[] labels = labels(spec, count);

      byte[] together = generator.generate(latents, labels);

      byte[] alone = new byte[count * size];
      for (int i = 0; i < count; i++) {
        int from = i * spec.latentSize();
        byte[] image =
            generator.generate(
                Arrays.copyOfRange(latents, from, from + spec.latentSize()),
                spec.classes() == 0 ? new int[0] : new int[] {labels[i]});
        System.arraycopy(image, 0, alone, i * size, size);
      }
      assertThat(alone).isEqualTo(together);
    }
  }

  /** Larger weights, so that pixels are all levels of grey, as in a trained generator. */
  private static byte[] highContrast(GeneratorSpec spec) {
    Snapshot snapshot = Generator.untrained(spec, SEED);
    for (Tensor tensor : snapshot.tensors().values()) {
      for (int i = 0; tensor.shape().length > 1 && i < tensor.values().length; i++) {
        tensor.values()[i] *= 4;
      }
    }
    return snapshot.encode();
  }

  @Test
  void givenSeveralThreadsThenAllGetTheSameImages() throws Exception {
    GeneratorSpec spec = Preset.named("digits").generatorSpec();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Generator generator = untrained(spec)) {
      float[] latents = Latents.draw(SEED, 40, spec.latentSize());
      byte[] expected = generator.generate(latents, labels(spec, 40));

      var results =
          threads.invokeAll(
              IntStream.range(0, 16)
                  .mapToObj(
                      i ->
                          (java.util.concurrent.Callable<byte[]>)
                              () -> generator.generate(latents, labels(spec, 40)))
                  .toList());

      for (Future<byte[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void givenLabelsThenTheyChangeTheImage() {
    GeneratorSpec spec = Preset.named("digits").generatorSpec();
    try (Generator generator = untrained(spec)) {
      float[] latents = Latents.draw(SEED, 1, spec.latentSize());

      assertThat(generator.generate(latents, new int[] {3}))
          .isNotEqualTo(generator.generate(latents, new int[] {4}));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"32x32x1", "32x32x3", "28x36x1"})
  void givenAnotherImageShapeThenImagesHaveIt(String shape) {
    for (String preset : Preset.names()) {
      GeneratorSpec spec = Preset.named(preset).with(Map.of("image", shape)).generatorSpec();
      try (Generator generator = untrained(spec)) {
        assertThat(generator.generate(Latents.draw(SEED, 2, spec.latentSize()), labels(spec, 2)))
            .hasSize(2 * spec.image().size());
      }
    }
  }

  @Test
  void givenWrongArgumentsThenTheyAreRefused() {
    GeneratorSpec spec = Preset.named("digits").generatorSpec();
    try (Generator generator = untrained(spec)) {
      float[] latents = Latents.draw(SEED, 2, spec.latentSize());

      assertThatThrownBy(() -> generator.generate(latents, new int[] {1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 labels for 2 images of a generator with 10 classes");
      assertThatThrownBy(() -> generator.generate(latents, new int[] {1, 10}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a label must be 0 to 9, was 10");
      assertThatThrownBy(() -> generator.generate(new float[65], new int[] {1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("65 numbers are no whole latent vectors of 64");
    }
  }

  @Test
  void givenWeightsOfAnotherNetworkThenTheyAreRefused() {
    GeneratorSpec digits = Preset.named("digits").generatorSpec();
    GeneratorSpec mlp = Preset.named("mlp-1024").generatorSpec();
    byte[] weights = Generator.untrained(mlp, SEED).encode();

    assertThatThrownBy(() -> Generator.load(digits, weights, Device.cpu()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("tensor generator.0.weight has the shape [256, 100] instead of [10, 32]");
  }

  @Test
  void givenATensorTooManyThenTheWeightsAreRefused() {
    GeneratorSpec spec = Preset.named("digits").generatorSpec();
    Map<String, Tensor> tensors = new TreeMap<>(Generator.untrained(spec, SEED).tensors());
    tensors.put("generator.99.weight", new Tensor(new long[] {1}, new float[] {0}));

    assertThatThrownBy(
            () -> Generator.load(spec, new Snapshot(tensors, Map.of()).encode(), Device.cpu()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("the network has no place for tensor generator.99.weight");
  }

  @Test
  void givenAValueThatIsNotFiniteThenTheWeightsAreRefused() {
    GeneratorSpec spec = Preset.named("digits").generatorSpec();
    Snapshot snapshot = Generator.untrained(spec, SEED);
    Tensor tensor = Tensor.required(snapshot.tensors(), "generator.1.weight", 3136, 96);
    tensor.values()[5] = Float.NaN;

    assertThat(snapshot.finite()).isFalse();
    assertThatThrownBy(snapshot::encode)
        .isInstanceOf(CheckpointException.class)
        .hasMessage("tensor generator.1.weight has values that are not finite");
    assertThatThrownBy(() -> Generator.load(spec, Safetensors.encode(snapshot), Device.cpu()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("tensor generator.1.weight has values that are not finite");
  }

  private static Generator untrained(GeneratorSpec spec) {
    return Generator.load(spec, Generator.untrained(spec, SEED).encode(), Device.cpu());
  }

  private static int[] labels(GeneratorSpec spec, int count) {
    return spec.classes() == 0
        ? new int[0]
        : IntStream.range(0, count).map(i -> i % spec.classes()).toArray();
  }
}
