package io.github.kafkagan.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.BatchNorm;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.MinibatchDiscrimination;
import io.github.kafkagan.gan.network.VirtualBatchNorm;
import io.github.kafkagan.gan.objective.BinaryCrossEntropy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void givenEachNameThenThereIsAPreset() {
    assertThat(Preset.names()).isNotEmpty();
    for (String name : Preset.names()) {
      assertThat(Preset.named(name).description()).isNotBlank().doesNotContain("\n");
    }
  }

  @Test
  void givenTheFirstTutorialsPresetThenItsSizesAreTheTutorials() {
    Preset preset = Preset.named("mlp-1024");

    assertThat(preset.latentSize()).isEqualTo(100);
    assertThat(preset.batchSize()).isEqualTo(64);
    assertThat(preset.conditional()).isFalse();
    assertThat(preset.generatorSpec().layers())
        .filteredOn(Linear.class::isInstance)
        .extracting(layer -> ((Linear) layer).units())
        .containsExactly(256, 512, 1024, 784);
    assertThat(preset.discriminator())
        .filteredOn(Linear.class::isInstance)
        .extracting(layer -> ((Linear) layer).units())
        .containsExactly(1024, 512, 256, 1);
    assertThat(preset.discriminator()).contains(Activation.relu(0.2));
  }

  @Test
  void givenASpecWhenWrittenAndReadWithAPlainMapperThenItIsTheSame() throws Exception {
    for (String name : Preset.names()) {
      GeneratorSpec spec = Preset.named(name).generatorSpec();

      assertThat(json.readValue(json.writeValueAsString(spec), GeneratorSpec.class))
          .isEqualTo(spec);
    }
  }

  @Test
  void givenASpecWhoseLayersDoNotFitThenItIsRefused() {
    String spec =
        "{\"image\":\"4x4x1\",\"pixels\":\"unit\",\"latentSize\":3,\"classes\":0,"
            + "\"layers\":[{\"type\":\"linear\",\"units\":15}]}";

    assertThatThrownBy(() -> json.readValue(spec, GeneratorSpec.class))
        .hasMessageContaining("samples of shape (15), not images of 4x4x1");
  }

  @Test
  void givenASpecOfAnEnormousNetworkThenItIsRefused() {
    String spec =
        "{\"image\":\"4x4x1\",\"pixels\":\"unit\",\"latentSize\":3,\"classes\":0,\"layers\":["
            + "{\"type\":\"linear\",\"units\":8000000},{\"type\":\"linear\",\"units\":8000000}]}";

    assertThatThrownBy(() -> json.readValue(spec, GeneratorSpec.class))
        .hasMessageContaining("more than 268435456 weights");
  }

  @Test
  void givenASpecWithEnormousSamplesThenItIsRefused() {
    String spec =
        "{\"image\":\"4x4x1\",\"pixels\":\"unit\",\"latentSize\":4,\"classes\":0,\"layers\":["
            + "{\"type\":\"reshape\",\"shape\":[1,2,2]},{\"type\":\"transposed-convolution\","
            + "\"channels\":1,\"kernel\":1,\"stride\":100000000,\"padding\":0,\"bias\":false}]}";

    assertThatThrownBy(() -> json.readValue(spec, GeneratorSpec.class))
        .hasMessageContaining("makes samples of more than 8388608 numbers");
  }

  @Test
  void givenASpecWhoseSizesDoNotFitIntoALongThenItIsRefused() {
    String spec =
        "{\"image\":\"4x4x1\",\"pixels\":\"unit\",\"latentSize\":65536,\"classes\":0,\"layers\":["
            + "{\"type\":\"reshape\",\"shape\":[1,1,65536]},{\"type\":\"transposed-convolution\","
            + "\"channels\":65536,\"kernel\":1,\"stride\":2147483647,\"padding\":0,\"bias\":false}]}";

    assertThatThrownBy(() -> json.readValue(spec, GeneratorSpec.class))
        .hasMessageContaining("makes samples of more than 8388608 numbers");
  }

  @Test
  void givenASpecThatWouldTakeHoursThenItIsRefused() {
    String spec =
        "{\"image\":\"2048x2048x1\",\"pixels\":\"unit\",\"latentSize\":4,\"classes\":0,\"layers\":["
            + "{\"type\":\"reshape\",\"shape\":[1,2,2]},{\"type\":\"transposed-convolution\","
            + "\"channels\":1,\"kernel\":1024,\"stride\":1024,\"padding\":0,\"bias\":false},"
            + "{\"type\":\"convolution\",\"channels\":1,\"kernel\":1023,\"stride\":1,\"padding\":511,"
            + "\"bias\":false}]}";

    assertThatThrownBy(() -> json.readValue(spec, GeneratorSpec.class))
        .hasMessageContaining("takes more than 8589934592 multiplications");
  }

  @Test
  void givenChangesThenOnlyTheseFieldsDiffer() {
    Preset preset = Preset.named("digits");

    Preset changed =
        preset.with(Map.of("image", "32x32x3", "classes", "7", "generatorOptimizer.rate", "0.5"));

    assertThat(changed.image()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(changed.classes()).isEqualTo(7);
    assertThat(changed.generatorOptimizer().rate()).isEqualTo(0.5);
    assertThat(changed)
        .usingRecursiveComparison()
        .ignoringFields("image", "classes", "generatorOptimizer.rate")
        .isEqualTo(preset);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batchsize | 3 | there is no key \"batchsize\", only [description, image, classes",
        "architecture.width | 3 | there is no key \"architecture.width\", only [architecture.type",
        "nothing.width | 3 | there is no key \"nothing.width\", only [description",
        "batchSize | x | the value of batchSize is not possible: \"x\"",
        "batchSize | 0 | batchSize must be 1 to 65536, was 0",
        "image | 30x30x1 | multiples of 4, not 30x30x1",
        "image | 28x28 | an image shape is rows x columns x channels, like 28x28x1, was \"28x28\"",
        "objective.type | hindge | known type ids = [binary-cross-entropy, hinge, least-squares, wasserstein]",
        "averaging | 1 | averaging must be at least 0 and below 1, was 1.0",
        "architecture.generatorNormalization | spectral | must be none, batch or virtual",
        "architecture.normalization | virtually | the value of architecture.normalization is not possible: \"virtually\", only [none, batch, virtual, spectral]",
        "architecture.minibatch.kernels | -1 | kernels of minibatch must be at least 0",
        "architecture.minibatch.kernels | 2000000 | and their product at most 1048576",
        "objective.smoothing | 0.1 | no key \"objective.smoothing\", only [objective.type]",
      })
  void givenAnImpossibleChangeThenTheReasonAndWhatExistsAreSaid(
      String key, String value, String message) {
    Preset preset = Preset.named("digits");

    assertThatThrownBy(() -> preset.with(Map.of(key, value)))
        .isInstanceOf(PresetException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void givenClassesForANetworkWithoutLabelsThenTheReasonIsSaid() {
    assertThatThrownBy(() -> Preset.named("mlp-1024").with(Map.of("classes", "10")))
        .isInstanceOf(PresetException.class)
        .hasMessage("an mlp architecture with classes needs an embedding of at least 1");
  }

  @ParameterizedTest
  @CsvSource({"28x28x1", "32x32x1", "32x32x3"})
  void givenTheUsualImageShapesThenEachPresetMakesThem(String image) {
    for (String name : Preset.names()) {
      Preset preset = Preset.named(name).with(Map.of("image", image));

      assertThat(preset.generatorSpec().image()).hasToString(image);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture.normalization | batch | without batch normalisation",
        "architecture.minibatch.kernels | 5 | and minibatch discrimination, which mix the samples",
        "schedule.discriminatorUpdates | real-then-fake | must be together",
      })
  void givenAPenaltyThatCannotBeThenTheReasonIsSaid(String key, String value, String message) {
    Map<String, String> changes = Map.of("regularization.gradientPenalty", "10", key, value);

    assertThatThrownBy(() -> Preset.named("digits").with(changes))
        .isInstanceOf(PresetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void givenAnyPresetThenItTakesEachImprovedTechniqueAlone() {
    for (String name : Preset.names()) {
      Preset preset = Preset.named(name).with(Map.of("regularization.gradientPenalty", "0"));

      assertThat(preset.with(Map.of("featureMatching", "true")).featureMatching()).isTrue();
      assertThat(preset.with(Map.of("architecture.minibatch.kernels", "7")).discriminator())
          .filteredOn(MinibatchDiscrimination.class::isInstance)
          .extracting(layer -> ((MinibatchDiscrimination) layer).kernels())
          .containsExactly(7);
      assertThat(
              preset
                  .with(Map.of("architecture.generatorNormalization", "virtual"))
                  .generatorSpec()
                  .layers())
          .contains(new VirtualBatchNorm(preset.batchSize()))
          .doesNotContain(new BatchNorm());
      if (preset.objective() instanceof BinaryCrossEntropy) {
        assertThat(preset.with(Map.of("objective.smoothing", "0.3")).objective())
            .isEqualTo(new BinaryCrossEntropy(0.3));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"mlp-1024, 2", "dcgan, 1"})
  void givenANormalisedDiscriminatorThenAllHiddenLayersButTheFirstAre(String name, int layers) {
    for (Layer layer : List.of(new BatchNorm(), new VirtualBatchNorm(64))) {
      String kind = layer instanceof BatchNorm ? "batch" : "virtual";

      assertThat(
              Preset.named(name).with(Map.of("architecture.normalization", kind)).discriminator())
          .filteredOn(layer::equals)
          .hasSize(layers);
    }
  }

  @Test
  void givenThePresetOfImprovedTechniquesThenItHasAllFour() {
    Preset preset = Preset.named("improved");

    assertThat(preset.featureMatching()).isTrue();
    assertThat(((BinaryCrossEntropy) preset.objective()).smoothing()).isPositive();
    assertThat(preset.discriminator())
        .hasAtLeastOneElementOfType(MinibatchDiscrimination.class)
        .hasAtLeastOneElementOfType(VirtualBatchNorm.class);
    assertThat(preset.generatorSpec().layers()).hasAtLeastOneElementOfType(VirtualBatchNorm.class);
  }

  @Test
  void givenAnUnknownNameThenTheNamesAreSaid() {
    assertThatThrownBy(() -> Preset.named("digit"))
        .isInstanceOf(PresetException.class)
        .hasMessage("there is no preset \"digit\", only " + Preset.names());
  }

  @Test
  void givenAFileThenItIsReadAsStrictly(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("own.json");
    String text = json.writeValueAsString(Preset.named("digits"));

    Files.writeString(file, text);
    assertThat(Preset.parse(file)).isEqualTo(Preset.named("digits"));

    Files.writeString(file, text.replace("\"averaging\"", "\"avaraging\":1,\"averaging\""));
    assertThatThrownBy(() -> Preset.parse(file))
        .isInstanceOf(PresetException.class)
        .hasMessageContaining("there is no key \"avaraging\", only [architecture, averaging");

    Files.writeString(file, text.replace(",\"averaging\":0.997", ""));
    assertThatThrownBy(() -> Preset.parse(file))
        .isInstanceOf(PresetException.class)
        .hasMessage(file + ": there is no value for the key \"averaging\"");

    Files.delete(file);
    assertThatThrownBy(() -> Preset.parse(file))
        .isInstanceOf(PresetException.class)
        .hasMessage("preset file " + file + " cannot be read");
  }
}
