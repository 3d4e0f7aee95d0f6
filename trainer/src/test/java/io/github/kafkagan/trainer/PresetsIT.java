package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.Scorer;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset, from images in a topic to images of a generator that a topic holds. */
class PresetsIT {
  private static final int BATCH = 16;

  /** One more than the steps of a critic between two of its generator. */
  private static final int STEPS = 6;

  private static final int IMAGES = 4;

  @TempDir private static Path brokerFolder;
  private static LocalBroker broker;

  @BeforeAll
  static void startBrokerWithAStream() throws Exception {
    broker = LocalBroker.start(brokerFolder);
    produce(grey(), new ImageShape(28, 28, 1));
    produce(colour(), new ImageShape(32, 32, 3));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.kafkagan.gan.preset.Preset#names")
  void aPresetTrainsAndWhatItPublishesMakesImages(String preset) {
    train(grey(), preset, "28x28x1");

    assertMakesImages(published(grey(), preset, Slots.LATEST).orElseThrow(), "28x28x1");
    Optional<CheckpointSet> discriminator = published(grey(), preset, Slots.DISCRIMINATOR);
    assertThat(discriminator.isPresent()).isEqualTo(!preset.equals("improved"));
    discriminator.ifPresent(PresetsIT::assertJudgesImages);
  }

  @Test
  void colourImagesOfAnotherSizeAreTrainedAndMade() {
    train(colour(), "improved", "32x32x3");

    assertMakesImages(published(colour(), "improved", Slots.LATEST).orElseThrow(), "32x32x3");
  }

  private static void train(TestStream stream, String preset, String image) {
    StopSignal stop = StopSignal.onTermination();
    int code =
        Cli.execute(
            new TrainerCommand(stop),
            "--bootstrap-servers=" + stream.bootstrapServers(),
            "--topic-prefix=" + stream.topics().prefix(),
            "--ops-port=0",
            "--model=" + preset,
            "--preset=" + preset,
            "--set=image=" + image,
            "--set=batchSize=" + BATCH,
            "--threads=1",
            "--evaluate-every=0s",
            "--until=steps=" + STEPS);
    assertThat(stop.finish(code)).isZero();
  }

  private static Optional<CheckpointSet> published(TestStream stream, String model, String slot) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = stream.consumer()) {
      return ModelCheckpoints.read(consumer, stream.topics().checkpoints().name(), model)
          .slot(slot)
          .complete();
    }
  }

  private static void assertMakesImages(CheckpointSet checkpoint, String shape) {
    assertThat(checkpoint.manifest().step()).isEqualTo(STEPS);
    GeneratorSpec spec = Json.value(checkpoint.manifest().spec(), GeneratorSpec.class);
    assertThat(spec.image()).hasToString(shape);
    int size = spec.image().size();
    int[] labels = IntStream.range(0, spec.classes() == 0 ? 0 : IMAGES).toArray();

    // Loading refuses weights that are not finite.
    try (Generator generator = Generator.load(spec, checkpoint.bytes(), Device.cpu())) {
      byte[] images = generator.generate(Latents.draw(1, IMAGES, spec.latentSize()), labels);

      assertThat(images).hasSize(IMAGES * size);
      Set<Integer> different = new HashSet<>();
      for (int i = 0; i < IMAGES; i++) {
        byte[] image = Arrays.copyOfRange(images, i * size, (i + 1) * size);
        assertThat(IntStream.range(0, size).map(at -> image[at]).distinct().count())
            .as("levels of an image")
            .isGreaterThan(2);
        different.add(Arrays.hashCode(image));
      }
      assertThat(different).hasSize(IMAGES);
    }
  }

  private static void assertJudgesImages(CheckpointSet checkpoint) {
    DiscriminatorSpec spec = Json.value(checkpoint.manifest().spec(), DiscriminatorSpec.class);
    byte[] images = new byte[IMAGES * spec.image().size()];
    Arrays.fill(images, 0, spec.image().size(), (byte) 200);
    int[] labels = new int[spec.classes() == 0 ? 0 : IMAGES];
    try (Scorer scorer = Scorer.load(spec, checkpoint.bytes(), Device.cpu())) {
      float[] logits = scorer.logits(images, labels);

      assertThat(logits).hasSize(IMAGES).doesNotContain(Float.NaN);
      assertThat(logits[0]).isNotEqualTo(logits[1]);
      assertThat(logits[1]).isEqualTo(logits[IMAGES - 1]);
    }
  }

  private static TestStream grey() {
    return new TestStream(broker.bootstrapServers(), new Topics("grey."));
  }

  private static TestStream colour() {
    return new TestStream(broker.bootstrapServers(), new Topics("colour."));
  }

  private static void produce(TestStream stream, ImageShape shape) throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH * STEPS, shape.size());
  }
}
