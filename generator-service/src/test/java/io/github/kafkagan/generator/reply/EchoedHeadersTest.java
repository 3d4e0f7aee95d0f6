package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EchoedHeadersTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final RecordHeaders request = new RecordHeaders();

  @Test
  void givenTraceContextAndExtensionsThenTheyAreRepeatedInThatOrder() {
    add("ce_partitionkey", "a");
    add("tracestate", "congo=t61rcWkgMzE");
    add("traceparent", TRACE);
    add("ce_traceparent", TRACE);

    assertThat(echoed())
        .containsExactly(
            "tracestate=congo=t61rcWkgMzE",
            "traceparent=" + TRACE,
            "ce_partitionkey=a",
            "ce_traceparent=" + TRACE);
  }

  @Test
  void givenWhatIsTheRequestsOwnThenItIsNotRepeated() {
    for (String name :
        List.of(
            "ce_id",
            "ce_source",
            "ce_specversion",
            "ce_type",
            "ce_subject",
            "ce_time",
            "ce_datacontenttype",
            "ce_dataschema",
            "content-type",
            "baggage",
            "step",
            "ce_Upper",
            "ce_",
            "ce_" + "x".repeat(21))) {
      add(name, "value");
    }

    assertThat(echoed()).isEmpty();
  }

  @Test
  void givenSeveralOfOneNameThenTheLastCounts() {
    add("traceparent", "first");
    add("ce_a", "1");
    add("ce_a", "2");
    add("traceparent", "last");

    assertThat(echoed()).containsExactly("traceparent=last", "ce_a=2");
  }

  @Test
  void givenWhatIsNoTextOfSomeLengthThenItIsLeftOut() {
    request.add("ce_null", null);
    request.add("ce_bytes", new byte[] {(byte) 0xff, (byte) 0xfe});
    add("ce_empty", "");
    add("tracestate", "x".repeat(513));
    add("ce_long", "x".repeat(512));

    assertThat(echoed()).containsExactly("ce_long=" + "x".repeat(512));
  }

  @Test
  void givenMoreThanAReplyCarriesThenItsTraceContextAndTheFirstOfTheRestAreRepeated() {
    for (int i = 0; i < 1000; i++) {
      add("ce_x" + i, "1");
    }
    add("traceparent", TRACE);

    assertThat(echoed())
        .hasSize(EchoedHeaders.MAX_COUNT)
        .contains("traceparent=" + TRACE, "ce_x0=1", "ce_x14=1");
  }

  @Test
  void givenLargeOnesThenTheyStayWithinTheBytesOfAll() {
    for (int i = 0; i < 16; i++) {
      add("ce_large" + i, "x".repeat(512));
    }
    add("ce_small", "1");

    List<Header> echoed = EchoedHeaders.of(request);
    int bytes = echoed.stream().mapToInt(one -> one.key().length() + one.value().length).sum();
    assertThat(bytes).isLessThanOrEqualTo(EchoedHeaders.MAX_BYTES);
    assertThat(echoed()).hasSize(8).contains("ce_small=1");
  }

  private void add(String name, String value) {
    request.add(name, value.getBytes(UTF_8));
  }

  private List<String> echoed() {
    return EchoedHeaders.of(request).stream()
        .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .toList();
  }
}
