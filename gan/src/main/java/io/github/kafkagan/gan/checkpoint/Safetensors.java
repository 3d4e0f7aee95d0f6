package io.github.kafkagan.gan.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors file format: float32 tensors, names sorted, so that equal snapshots are equal
 * bytes.
 *
 * <p>A file is the header's length (uint64, little-endian), the header (JSON: name → dtype, shape,
 * data_offsets; text under {@code __metadata__}) and the tensors' bytes, without gaps.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
  private static final String METADATA = "__metadata__";
  private static final String DTYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final String FLOAT32 = "F32";
  private static final int ALIGNMENT = 8;
  private static final int MAX_HEADER_BYTES = 4 << 20;
  private static final int MAX_DIMENSIONS = 8;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Safetensors() {}

  /** Writes a snapshot. */
  public static byte[] encode(Snapshot snapshot) {
    byte[] header = header(snapshot);
    int dataBytes = 0;
    for (Tensor tensor : snapshot.tensors().values()) {
      dataBytes = Math.addExact(dataBytes, Math.multiplyExact(tensor.values().length, Float.BYTES));
    }
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + header.length, dataBytes))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (Tensor tensor : snapshot.tensors().values()) {
      file.asFloatBuffer().put(tensor.values());
      file.position(file.position() + tensor.values().length * Float.BYTES);
    }
    return file.array();
  }

  private static byte[] header(Snapshot snapshot) {
    ObjectNode header = JSON.createObjectNode();
    if (!snapshot.metadata().isEmpty()) {
      ObjectNode metadata = header.putObject(METADATA);
      snapshot.metadata().forEach(metadata::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : snapshot.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode description = header.putObject(entry.getKey()).put(DTYPE, FLOAT32);
      ArrayNode shape = description.putArray(SHAPE);
      Arrays.stream(tensor.shape()).forEach(shape::add);
      long end = offset + (long) tensor.values().length * Float.BYTES;
      description.putArray(OFFSETS).add(offset).add(end);
      offset = end;
    }
    try {
      byte[] json = JSON.writeValueAsBytes(header);
      byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes could not be written", e);
    }
  }

  /**
   * Reads a file; memory use is bounded by the size of {@code file}, whatever its header claims.
   *
   * @throws CheckpointException if the file breaks the format or its limits, or holds another type
   *     than float32
   */
  public static Snapshot decode(byte[] file) {
    if (file.length < Long.BYTES) {
      throw new CheckpointException("the file ends before its header length");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = buffer.getLong();
    if (headerBytes < 0 || headerBytes > Math.min(MAX_HEADER_BYTES, buffer.remaining())) {
      throw new CheckpointException(
          "the header length says "
              + Long.toUnsignedString(headerBytes)
              + " bytes, but the file has "
              + buffer.remaining()
              + " more and at most "
              + MAX_HEADER_BYTES
              + " are allowed");
    }
    JsonNode header = parse(file, Long.BYTES, (int) headerBytes);
    ByteBuffer data =
        buffer.slice(Long.BYTES + (int) headerBytes, file.length - Long.BYTES - (int) headerBytes);

    Map<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        field.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    return new Snapshot(tensors(entries, data.order(ByteOrder.LITTLE_ENDIAN)), metadata);
  }

  private static JsonNode parse(byte[] file, int offset, int length) {
    try {
      JsonNode header = JSON.readTree(file, offset, length);
      if (header == null || !header.isObject()) {
        throw new CheckpointException("the header is not a JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new CheckpointException("the header is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new CheckpointException("the header cannot be read", e);
    }
  }

  private static Entry entry(String name, JsonNode description) {
    String dtype = description.path(DTYPE).asText();
    if (!dtype.equals(FLOAT32)) {
      throw new CheckpointException("tensor " + name + " is of type \"" + dtype + "\", not F32");
    }
    long[] shape = integers(name, SHAPE, description.path(SHAPE));
    long[] offsets = integers(name, OFFSETS, description.path(OFFSETS));
    long count = Tensor.count(shape);
    if (shape.length > MAX_DIMENSIONS || count < 0) {
      throw new CheckpointException(
          "tensor " + name + " has the impossible shape " + Arrays.toString(shape));
    }
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[1] < offsets[0]
        || offsets[1] - offsets[0] != count * Float.BYTES) {
      throw new CheckpointException(
          "tensor "
              + name
              + " has offsets "
              + Arrays.toString(offsets)
              + " that do not fit its shape");
    }
    return new Entry(name, shape, offsets[0], offsets[1]);
  }

  private static long[] integers(String name, String key, JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      if (!array.isArray()
          || !array.get(i).isIntegralNumber()
          || !array.get(i).canConvertToLong()) {
        throw new CheckpointException(
            "tensor " + name + " has a " + key + " that is no list of integers");
      }
      values[i] = array.get(i).longValue();
    }
    return values;
  }

  /** Copies the values out, once it is known that the tensors cover the data without gaps. */
  private static Map<String, Tensor> tensors(List<Entry> entries, ByteBuffer data) {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin != covered) {
        throw new CheckpointException(
            "tensor " + entry.name + " begins at byte " + entry.begin + " instead of " + covered);
      }
      covered = entry.end;
    }
    if (covered != data.remaining()) {
      throw new CheckpointException(
          "the tensors take " + covered + " bytes, but the file has " + data.remaining());
    }
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      float[] values = new float[(int) ((entry.end - entry.begin) / Float.BYTES)];
      data.slice((int) entry.begin, values.length * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      tensors.put(entry.name, new Tensor(entry.shape, values));
    }
    return tensors;
  }

  @SuppressWarnings("ArrayRecordComponent") // Private, and never compared.
  private record Entry(String name, long[] shape, long begin, long end) {}
}
