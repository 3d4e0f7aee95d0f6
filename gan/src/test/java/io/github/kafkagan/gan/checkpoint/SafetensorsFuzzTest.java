package io.github.kafkagan.gan.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.conformance.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever bytes a checkpoint has, they are tensors or one error; likewise a network's text. */
class SafetensorsFuzzTest {
  private static final byte[] VALID =
      Safetensors.encode(
          new Snapshot(
              Map.of(
                  "a", new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}),
                  "b", new Tensor(new long[] {}, new float[] {5}),
                  "c", new Tensor(new long[] {0, 3}, new float[] {})),
              Map.of("step", "7")));

  private static final String HEADER =
      new String(
          VALID,
          Long.BYTES,
          (int) ByteBuffer.wrap(VALID).order(ByteOrder.LITTLE_ENDIAN).getLong(),
          UTF_8);

  private final ObjectMapper json = new ObjectMapper();

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<byte[]> headers =
        Mutations.of(Arbitraries.just(HEADER.getBytes(UTF_8))).map(SafetensorsFuzzTest::withHeader);
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(64)),
        Tuple.of(4, Mutations.of(Arbitraries.just(VALID))),
        Tuple.of(4, headers),
        Tuple.of(1, Mutations.of(headers)));
  }

  @Provide
  Arbitrary<byte[]> specs() throws JsonProcessingException {
    return Mutations.of(
        Arbitraries.of(
            json.writeValueAsBytes(Preset.named("digits").generatorSpec()),
            json.writeValueAsBytes(Preset.named("mlp-128").generatorSpec())));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverComesIsTensorsOrOneError(@ForAll("files") byte[] file) {
    Snapshot snapshot;
    try {
      snapshot = Snapshot.decode(file);
    } catch (CheckpointException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(Snapshot.decode(snapshot.encode())).isEqualTo(snapshot);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverANetworksTextSaysItIsOneOrAnError(@ForAll("specs") byte[] text) {
    try {
      GeneratorSpec spec = json.readValue(text, GeneratorSpec.class);
      assertThat(json.readValue(json.writeValueAsBytes(spec), GeneratorSpec.class)).isEqualTo(spec);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static byte[] withHeader(byte[] header) {
    int data = Long.BYTES + HEADER.length();
    return ByteBuffer.allocate(Long.BYTES + header.length + VALID.length - data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(VALID, data, VALID.length - data)
        .array();
  }
}
