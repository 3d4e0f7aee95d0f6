package io.github.kafkagan.gan.preset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Presets from JSON, strictly: no unknown key, none missing, and errors that say what exists. */
final class PresetReader {
  static final List<String> NAMES =
      List.of(
          "digits",
          "mlp-1024",
          "mlp-256",
          "mlp-128",
          "dcgan",
          "cgan",
          "lsgan",
          "sngan",
          "wgan",
          "wgan-gp",
          "improved");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PresetReader() {}

  static Preset named(String name) {
    if (!NAMES.contains(name)) {
      throw new PresetException("there is no preset \"" + name + "\", only " + NAMES);
    }
    try (InputStream resource = PresetReader.class.getResourceAsStream(name + ".json")) {
      if (resource == null) {
        throw new IllegalStateException("the resource of preset " + name + " is missing");
      }
      return read("preset " + name, resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Preset parse(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PresetException("preset file " + file + " cannot be read", e);
    }
  }

  private static Preset read(String source, byte[] json) {
    try {
      return JSON.readValue(json, Preset.class);
    } catch (IOException e) {
      throw new PresetException(source + ": " + explain(e), e);
    }
  }

  static Preset with(Preset preset, Map<String, String> changes) {
    ObjectNode tree = JSON.valueToTree(preset);
    changes.forEach((key, value) -> replace(tree, key, value));
    try {
      return JSON.treeToValue(tree, Preset.class);
    } catch (JsonProcessingException e) {
      throw new PresetException(explain(e), e);
    }
  }

  private static void replace(ObjectNode tree, String key, String value) {
    List<String> path = new ArrayList<>(List.of(key.split("\\.", -1)));
    String last = path.remove(path.size() - 1);
    JsonNode parent = tree;
    for (String name : path) {
      parent = parent.path(name);
    }
    if (!(parent instanceof ObjectNode object) || !object.has(last)) {
      throw new PresetException(
          "there is no key \"" + key + "\", only " + keys(parent, path, tree));
    }
    object.set(
        last,
        object.get(last).isTextual() ? JSON.getNodeFactory().textNode(value) : json(key, value));
  }

  /** The keys beside which a wrong one stands, or those of the whole preset. */
  private static String keys(JsonNode parent, List<String> path, ObjectNode tree) {
    String prefix = path.isEmpty() || !parent.isObject() ? "" : String.join(".", path) + ".";
    return (parent.isObject() ? parent : tree)
        .propertyStream()
        .map(field -> prefix + field.getKey())
        .toList()
        .toString();
  }

  private static JsonNode json(String key, String value) {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw new PresetException("the value of " + key + " is not possible: \"" + value + "\"", e);
    }
  }

  /** One sentence without class names' packages, stack or position in a file that is not shown. */
  private static String explain(IOException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no key \""
          + path(unknown)
          + "\", only "
          + unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
    }
    if (e instanceof InvalidFormatException invalid && invalid.getTargetType().isEnum()) {
      return "the value of %s is not possible: \"%s\", only %s"
          .formatted(path(invalid), invalid.getValue(), constants(invalid.getTargetType()));
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return String.valueOf(cause.getMessage());
      }
    }
    String reason =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    String where = e instanceof JsonMappingException mapping ? path(mapping) : "";
    if (String.valueOf(reason).startsWith("Missing creator property")) {
      return "there is no value for the key \"" + where + "\"";
    }
    return where.isEmpty() ? String.valueOf(reason) : where + ": " + reason;
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> JSON.valueToTree(constant).asText())
        .toList();
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            reference ->
                reference.getFieldName() == null
                    ? "" + reference.getIndex()
                    : reference.getFieldName())
        .collect(Collectors.joining("."));
  }
}
