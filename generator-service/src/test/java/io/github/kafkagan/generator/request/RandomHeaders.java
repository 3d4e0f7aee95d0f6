package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Keys and headers of request records, from sensible ones to hostile ones. */
final class RandomHeaders {
  private RandomHeaders() {}

  static Arbitrary<List<Header>> headers() {
    return Arbitraries.oneOf(
            header("accept", texts("image/png", "application/json", "*/*", "text/html")),
            header("kafka_correlationId", bytes(16)),
            header(
                "kafka_replyTopic",
                texts("gan.replies", "gan.replies.mine", "gan.requests", "nowhere", "")),
            header("kafka_replyPartition", texts("0", "1", "99", "-1", "first")),
            header(
                "kafka_replyPartition",
                Arbitraries.of(0, 1, 7).map(n -> new byte[] {0, 0, 0, (byte) (int) n})),
            header("traceparent", bytes(60)),
            header("tracestate", texts("a=1", "x".repeat(600))),
            header("ce_id", texts("1")),
            Combinators.combine(names(), values()).as(RandomHeaders::header))
        .list()
        .ofMaxSize(8);
  }

  /** None, some, or one that no topic takes. */
  static Arbitrary<byte[]> keys() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, bytes(10)), Tuple.of(1, Arbitraries.just(new byte[20_000])))
        .injectNull(0.2);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(20).map(name -> "ce_" + name),
        Arbitraries.strings().ofMaxLength(10));
  }

  private static Arbitrary<byte[]> values() {
    return Arbitraries.oneOf(bytes(10), texts("text", "y".repeat(20_000))).injectNull(0.1);
  }

  private static Arbitrary<Header> header(String name, Arbitrary<byte[]> values) {
    return values.map(value -> header(name, value));
  }

  private static Header header(String name, byte[] value) {
    return new RecordHeader(name, value);
  }

  private static Arbitrary<byte[]> bytes(int maxSize) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(maxSize);
  }

  private static Arbitrary<byte[]> texts(String... texts) {
    return Arbitraries.of(Arrays.asList(texts)).map(text -> text.getBytes(UTF_8));
  }
}
