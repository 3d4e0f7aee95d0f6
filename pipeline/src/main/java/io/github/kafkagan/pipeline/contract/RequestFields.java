package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that strangers wrote: each is of the type asked for, or an error. */
final class RequestFields {
  private static final int SHOWN = 60;

  private final JsonNode object;

  private RequestFields(JsonNode object) {
    this.object = object;
  }

  static RequestFields of(byte @Nullable [] json) {
    if (json == null || json.length == 0) {
      throw malformed("the request is empty; a JSON object is wanted, such as {}");
    }
    JsonNode node;
    try {
      node = Json.read(json, JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    if (!node.isObject()) {
      throw malformed("a request is a JSON object, this is " + described(node));
    }
    return new RequestFields(node);
  }

  void refuseUnknown(List<String> known) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new RequestException(
            ErrorCode.UNKNOWN_FIELD,
            "there is no field '%s'; there are %s"
                .formatted(shortened(name), String.join(", ", known)));
      }
    }
  }

  boolean isAbsent(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull();
  }

  boolean isText(String name) {
    return !isAbsent(name) && object.get(name).isTextual();
  }

  Optional<RequestFields> object(String name) {
    return field(name, JsonNode::isObject, "an object").map(RequestFields::new);
  }

  /** Half a surrogate pair is legal in JSON, but no text: it cannot be written again. */
  Optional<String> text(String name) {
    return field(name, JsonNode::isTextual, "text")
        .map(JsonNode::textValue)
        .filter(
            text -> {
              if (UTF_8.newEncoder().canEncode(text)) {
                return true;
              }
              throw new RequestException(
                  ErrorCode.WRONG_TYPE, name + " must be text, had half a surrogate pair");
            });
  }

  Optional<BigInteger> integer(String name) {
    return field(name, JsonNode::isIntegralNumber, "a whole number").map(JsonNode::bigIntegerValue);
  }

  Optional<Boolean> flag(String name) {
    return field(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  Optional<Double> number(String name) {
    return field(name, JsonNode::isNumber, "a number").map(JsonNode::doubleValue);
  }

  /** Numbers that do not fit an int become the nearest one, which no range allows. */
  Optional<List<Integer>> integers(String name) {
    return field(name, JsonNode::isArray, "an array of whole numbers")
        .map(
            array -> {
              List<Integer> numbers = new ArrayList<>();
              for (JsonNode element : array) {
                if (!element.isIntegralNumber()) {
                  throw wrongType(name, "an array of whole numbers, one is", element);
                }
                numbers.add(
                    element.canConvertToInt()
                        ? element.intValue()
                        : element.bigIntegerValue().signum() > 0
                            ? Integer.MAX_VALUE
                            : Integer.MIN_VALUE);
              }
              return numbers;
            });
  }

  /** Arrays of arrays of numbers, each within the range of a float. */
  Optional<List<List<Float>>> vectors(String name) {
    return field(name, JsonNode::isArray, "an array of arrays of numbers")
        .map(
            array -> {
              List<List<Float>> vectors = new ArrayList<>();
              for (JsonNode element : array) {
                if (!element.isArray()) {
                  throw wrongType(name, "an array of arrays of numbers, one is", element);
                }
                vectors.add(vector(name, element));
              }
              return vectors;
            });
  }

  private static List<Float> vector(String name, JsonNode array) {
    List<Float> vector = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isNumber()) {
        throw wrongType(name, "an array of arrays of numbers, one has", element);
      }
      float number = element.floatValue();
      if (!Float.isFinite(number)) {
        throw new RequestException(
            ErrorCode.LATENTS_MALFORMED,
            "%s must have finite numbers, one was %s"
                .formatted(name, shortened(element.toString())));
      }
      vector.add(number);
    }
    return vector;
  }

  /** A stranger's text, fit to be repeated in a message: short, and encodable. */
  static String shortened(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new String(cut.getBytes(UTF_8), UTF_8);
  }

  private Optional<JsonNode> field(String name, Predicate<JsonNode> type, String wanted) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!type.test(value)) {
      throw wrongType(name, wanted + ", was", value);
    }
    return Optional.of(value);
  }

  private static RequestException wrongType(String name, String wanted, JsonNode value) {
    return new RequestException(
        ErrorCode.WRONG_TYPE, "%s must be %s %s".formatted(name, wanted, described(value)));
  }

  private static RequestException malformed(String message) {
    return new RequestException(ErrorCode.MALFORMED_JSON, message);
  }

  private static String described(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "text";
      default -> shortened(value.toString());
    };
  }
}
