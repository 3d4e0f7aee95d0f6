package io.github.kafkagan.gan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.preset.Preset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares products by oneDNN with the general path, PyTorch's own products and derivatives. */
class ProductsTest {
  private static final int BATCH = 16;
  private static final double TOLERANCE = 1e-4;

  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Optional<Products> products = Products.on(manager);

  @BeforeEach
  void requireOneDnn() {
    assumeTrue(products.isPresent(), "needs oneDNN, which PyTorch uses on x86-64");
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private record Gan(Network generator, Network discriminator) {}

  private Gan gan(Preset preset) {
    GeneratorSpec spec = preset.generatorSpec();
    return new Gan(
        Network.fresh(manager, spec.layers(), spec.latents(), true, preset.initializer(), 1),
        Network.fresh(
            manager,
            preset.discriminator(),
            GeneratorSpec.samples(preset.image()),
            true,
            preset.initializer(),
            2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "mlp-1024", "dcgan", "cgan", "lsgan"})
  void givenAPresetThenBothNetworksGradientsAreThoseOfTheGeneralPath(String name) {
    Preset preset = Preset.named(name);
    Gan general = gan(preset);
    Gan fast = gan(preset);
    fast.generator().multiplyBy(products.orElseThrow());
    fast.discriminator().multiplyBy(products.orElseThrow());

    assertClose(gradients(fast, preset), gradients(general, preset));
  }

  @Test
  void givenFeaturesThatAreUsedTwiceAndReferencesThenGradientsAreThoseOfTheGeneralPath() {
    // Larger weights than the preset's: where samples are almost alike, the last bit of a product
    // decides the sign of an L1 distance's derivative.
    Preset preset =
        Preset.named("improved")
            .with(
                Map.of(
                    "batchSize", Integer.toString(BATCH),
                    "architecture.minibatch.kernels", "200",
                    "initializer", "{\"type\": \"fan-in\"}"));
    Gan general = gan(preset);
    Gan fast = gan(preset);
    fast.generator().multiplyBy(products.orElseThrow());
    fast.discriminator().multiplyBy(products.orElseThrow());
    for (Gan gan : List.of(general, fast)) {
      gan.generator().refer(array(Latents.draw(5, BATCH, 100), BATCH, 100), null);
      gan.discriminator().refer(array(Latents.draw(6, BATCH, 784), BATCH, 1, 28, 28), null);
    }

    assertClose(gradients(fast, preset), gradients(general, preset));
  }

  /** Those of the discriminator, then those of the generator, with fakes that both share. */
  private NDList gradients(Gan gan, Preset preset) {
    int[] digits = IntStream.range(0, BATCH).map(i -> i % 10).toArray();
    NDArray labels = preset.conditional() ? Labels.oneHot(manager, digits, 10) : null;
    NDArray latents =
        array(Latents.draw(3, BATCH, preset.latentSize()), BATCH, preset.latentSize());
    NDArray real = array(Latents.draw(4, BATCH, 784), BATCH, 1, 28, 28);

    NDArray fake = gan.generator().forward(latents, labels, true);
    NDArray judgedReal = gan.discriminator().forward(real, labels, true);
    NDArray judgedFake = gan.discriminator().forward(fake.stopGradient(), labels, true);
    NDList gradients = new NDList();
    gradients.addAll(
        gan.discriminator().gradients(preset.objective().discriminator(judgedReal, judgedFake)));
    gradients.addAll(
        gan.generator()
            .gradients(
                preset.objective().generator(gan.discriminator().forward(fake, labels, true))));
    return gradients;
  }

  @Test
  void givenManyStepsThenNoProductIsKept() {
    Preset preset = Preset.named("mlp-1024");
    Gan gan = gan(preset);
    gan.generator().multiplyBy(products.orElseThrow());
    for (int step = 0; step < 3; step++) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray latents = scope.zeros(new Shape(BATCH, preset.latentSize()));
        gan.generator().forward(latents, null, true);
      }
    }

    assertThat(products.orElseThrow().remembered()).isZero();
  }

  private NDArray array(float[] values, long... shape) {
    return Upload.floats(manager, values, new Shape(shape));
  }

  private static void assertClose(NDList actual, NDList expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).getShape()).isEqualTo(expected.get(i).getShape());
      double difference = length(actual.get(i).sub(expected.get(i)));
      assertThat(difference)
          .as("array %d", i)
          .isLessThanOrEqualTo(TOLERANCE * length(expected.get(i)));
    }
  }

  private static double length(NDArray array) {
    return Math.sqrt(array.square().sum().getFloat());
  }
}
