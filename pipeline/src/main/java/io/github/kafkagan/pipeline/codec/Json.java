package io.github.kafkagan.pipeline.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** JSON as all records of this pipeline use it: absent rather than null, unknown fields ignored. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The value as indented text, for people. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads one JSON value, which is UTF-8 (RFC 8259). Jackson, given bytes, would guess the
   * encoding, and take some names that are no UTF-8 for others that it has seen.
   *
   * @throws IllegalArgumentException with one sentence, if the bytes are not such a value
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    try {
      T value =
          MAPPER.readValue(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), type);
      if (value == null) {
        throw new IllegalArgumentException("JSON is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("malformed JSON: " + e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("malformed JSON: not UTF-8", e);
    }
  }

  /** The value as a tree, equal to what a reader of its bytes gets. */
  public static JsonNode tree(Object value) {
    return read(bytes(value), JsonNode.class);
  }

  /**
   * The value in a tree that {@link #tree} made.
   *
   * @throws IllegalArgumentException with one sentence, if the tree is not such a value
   */
  public static <T> T value(JsonNode tree, Class<T> type) {
    try {
      T value = MAPPER.treeToValue(tree, type);
      if (value == null) {
        throw new IllegalArgumentException("JSON is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("unexpected JSON: " + e.getOriginalMessage(), e);
    }
  }
}
