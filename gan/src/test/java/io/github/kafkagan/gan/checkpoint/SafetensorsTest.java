package io.github.kafkagan.gan.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final Snapshot SNAPSHOT =
      new Snapshot(
          Map.of(
              "b.weight", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, -0f, 1e-38f}),
              "a", new Tensor(new long[] {}, new float[] {7}),
              "empty", new Tensor(new long[] {0, 4}, new float[] {})),
          Map.of("steps", "12", "quote\"", "ümlaut"));

  @Test
  void givenASnapshotWhenWrittenAndReadThenItIsTheSame() {
    assertThat(Safetensors.decode(Safetensors.encode(SNAPSHOT))).isEqualTo(SNAPSHOT);
  }

  @Test
  void givenEqualSnapshotsThenTheirBytesAreEqual() {
    Snapshot again = new Snapshot(SNAPSHOT.tensors(), SNAPSHOT.metadata());

    assertThat(Safetensors.encode(again)).isEqualTo(Safetensors.encode(SNAPSHOT));
  }

  @Test
  void givenASmallSnapshotThenTheBytesAreThoseOfTheFormat() {
    Snapshot small =
        new Snapshot(Map.of("x", new Tensor(new long[] {1}, new float[] {1})), Map.of("k", "v"));

    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    int padded = (header.length() + 7) / 8 * 8;
    byte[] expected =
        ByteBuffer.allocate(8 + padded + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded)
            .put((header + " ".repeat(padded - header.length())).getBytes(UTF_8))
            .putFloat(1)
            .array();
    assertThat(Safetensors.encode(small)).isEqualTo(expected);
  }

  @Test
  void givenATruncatedFileThenEveryLengthIsRefusedInOneSentence() {
    byte[] file = Safetensors.encode(SNAPSHOT);

    for (int length = 0; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Safetensors.decode(truncated))
          .isInstanceOf(CheckpointException.class)
          .message()
          .doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1 << 30})
  void givenAForgedHeaderLengthThenItIsRefusedWithoutAllocatingIt(long length) {
    byte[] file = Safetensors.encode(SNAPSHOT);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

    assertThatThrownBy(() -> Safetensors.decode(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("the header length says");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | the header is not a JSON object",
        "{ | the header is not valid JSON",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | Duplicate field 'x'",
        "{'x':{'dtype':'I64','shape':[1],'data_offsets':[0,4]}} | is of type \"I64\", not F32",
        "{'x':{'shape':[1],'data_offsets':[0,4]}} | is of type \"\", not F32",
        "{'x':{'dtype':'F32','shape':[1000000,1000000,1000000],'data_offsets':[0,4]}}"
            + " | impossible shape",
        "{'x':{'dtype':'F32','shape':[9223372036854775807,2],'data_offsets':[0,4]}}"
            + " | impossible shape",
        "{'x':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | impossible shape",
        "{'x':{'dtype':'F32','shape':[500000000],'data_offsets':[0,2000000000]}}"
            + " | the tensors take 2000000000 bytes, but the file has 4",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | do not fit its shape",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | do not fit its shape",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | do not fit its shape",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | do not fit its shape",
        "{'x':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}} | no list of integers",
        "{'x':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | no list of integers",
        "{'x':{'dtype':'F32','shape':{'a':1},'data_offsets':[0,4]}} | no list of integers",
        "{'x':{'dtype':'F32','shape':[0],'data_offsets':[2,2]}} | begins at byte 2 instead of 0",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'y':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | begins at byte 0 instead of 4",
        "{} | the tensors take 0 bytes, but the file has 4",
      })
  void givenAForgedHeaderThenTheReasonIsSaid(String json, String reason) {
    byte[] header = json.replace('\'', '"').getBytes(UTF_8);
    byte[] file =
        ByteBuffer.allocate(8 + header.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .putFloat(1)
            .array();

    assertThatThrownBy(() -> Safetensors.decode(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(reason.replace('\'', '\''));
  }
}
