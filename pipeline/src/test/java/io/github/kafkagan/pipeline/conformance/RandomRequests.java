package io.github.kafkagan.pipeline.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values of request records: requests, what is nearly one, and what is nothing of the kind. */
public final class RandomRequests {
  private RandomRequests() {}

  /** Anything that a stranger may send. */
  public static Arbitrary<byte[]> anything() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(200)),
        Tuple.of(1, json().map(RandomRequests::bytes)),
        Tuple.of(1, deep().map(RandomRequests::bytes)),
        Tuple.of(5, requests().map(RandomRequests::bytes)),
        Tuple.of(3, Mutations.of(requests().map(RandomRequests::bytes))));
  }

  /** Objects with a request's fields, most of them with values that make sense. */
  private static Arbitrary<String> requests() {
    return Arbitraries.oneOf(
            member("id", text()),
            member("model", Arbitraries.of("\"digits\"", "\"cats\"")),
            member("count", whole(-1, 20)),
            member("count", whole(1, 4)),
            member("seed", numbers()),
            member("labels", array(whole(-1, 10), 4)),
            member("latents", array(array(decimals(), 3), 3)),
            member("latents", array(Arbitraries.just("[0.5,-1,1e-3]"), 3)),
            member("interpolate", path()),
            member("truncation", decimals()),
            member("format", Arbitraries.of("\"png\"", "\"grid\"", "\"u8\"", "\"jpeg\"")),
            member("checkpoint", checkpoint()),
            member("score", Arbitraries.of("true", "false")),
            member("minScore", decimals()),
            member("deadlineMs", whole(-1, 600_001)),
            Combinators.combine(text(), json()).as((name, value) -> name + ":" + value))
        .list()
        .ofMaxSize(4)
        .map(members -> "{" + String.join(",", members) + "}");
  }

  private static Arbitrary<String> member(String name, Arbitrary<String> sensible) {
    return Arbitraries.frequencyOf(
            Tuple.of(10, sensible), Tuple.of(1, json()), Tuple.of(1, Arbitraries.just("null")))
        .map(value -> "\"" + name + "\":" + value);
  }

  private static Arbitrary<String> path() {
    return Combinators.combine(
            numbers(), whole(-9, 9), whole(-1, 9), Arbitraries.integers().between(0, 9))
        .as(
            (from, to, frames, left) ->
                left == 0
                    ? "{\"from\":%s,\"to\":%s}".formatted(from, to)
                    : "{\"from\":%s,\"to\":%s,\"frames\":%s}".formatted(from, to, frames));
  }

  private static Arbitrary<String> checkpoint() {
    return Arbitraries.oneOf(
        Arbitraries.of("\"latest\"", "\"best\"", "\"all\"", "\"first\"", "{}"),
        whole(-1, 200).map("{\"step\":%s}"::formatted),
        numbers().map("{\"minStep\":%s}"::formatted),
        whole(0, 9).map("{\"step\":%s,\"minStep\":1}"::formatted));
  }

  private static Arbitrary<String> json() {
    return Arbitraries.recursive(
        () -> Arbitraries.oneOf(numbers(), text(), Arbitraries.of("true", "false", "null", "nul")),
        inner ->
            Arbitraries.oneOf(
                array(inner, 3),
                Combinators.combine(text(), inner)
                    .as((name, value) -> "{" + name + ":" + value + "}")),
        0,
        3);
  }

  private static Arbitrary<String> numbers() {
    BigInteger far = BigInteger.ONE.shiftLeft(70);
    return Arbitraries.oneOf(
        whole(-2, 1030),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.bigIntegers().between(far.negate(), far).map(String::valueOf),
        decimals(),
        Arbitraries.of("1e400", "-1e400", "1e-400", "-0", "1.0", "1e2", "01", "+1", "NaN"),
        Arbitraries.of("1e999999999", "-1e-999999999", "-4294967291", "9223372036854775808"),
        Arbitraries.integers().between(1, 2000).map("9"::repeat));
  }

  private static Arbitrary<String> whole(int from, int to) {
    return Arbitraries.integers().between(from, to).map(String::valueOf);
  }

  private static Arbitrary<String> decimals() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(-0.1, 1.1).map(String::valueOf),
        Arbitraries.doubles().map(String::valueOf));
  }

  private static Arbitrary<String> array(Arbitrary<String> element, int maxSize) {
    return element
        .list()
        .ofMaxSize(maxSize)
        .map(elements -> "[" + String.join(",", elements) + "]");
  }

  /** Any text, halves of surrogate pairs included. */
  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
            Arbitraries.strings().alpha().ofMaxLength(8),
            Arbitraries.strings().all().ofMaxLength(8),
            Arbitraries.strings().all().ofMinLength(50).ofMaxLength(300),
            Arbitraries.integers().between(1, 200).map("😀"::repeat))
        .map(RandomRequests::quoted);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static Arbitrary<String> deep() {
    return Combinators.combine(
            Arbitraries.of(
                List.of("[", "]"), List.of("{\"id\":", "}"), List.of("{\"latents\":[", "]}")),
            Arbitraries.integers().between(1, 3000),
            Arbitraries.of(true, false))
        .as(
            (brackets, depth, closed) ->
                brackets.get(0).repeat(depth)
                    + "1"
                    + (closed ? brackets.get(1).repeat(depth) : ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
