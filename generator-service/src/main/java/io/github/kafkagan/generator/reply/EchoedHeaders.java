package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a reply repeats of its request's headers for others than the requester: W3C trace context,
 * then CloudEvents extension attributes in their order. Strangers choose them, so they are bounded,
 * and what exceeds the bounds is left out: no request is to make a reply too large for its topic.
 */
final class EchoedHeaders {
  /** What W3C trace context wants to be passed on of a trace state. */
  static final int MAX_VALUE_BYTES = 512;

  static final int MAX_COUNT = 16;

  /** Names and values together. */
  static final int MAX_BYTES = 4096;

  private static final Set<String> TRACE_CONTEXT = Set.of("traceparent", "tracestate");

  private EchoedHeaders() {}

  /** Of several headers with one name the last counts, as everywhere in Kafka. */
  static List<Header> of(Headers request) {
    Map<String, Header> traces = new LinkedHashMap<>();
    Map<String, Header> extensions = new LinkedHashMap<>();
    for (Header header : request) {
      if (TRACE_CONTEXT.contains(header.key())) {
        traces.put(header.key(), header);
      } else if (CloudEvent.isExtension(header.key())) {
        extensions.put(header.key(), header);
      }
    }
    List<Header> echoed = new ArrayList<>();
    int bytes = add(traces, echoed, 0);
    add(extensions, echoed, bytes);
    return List.copyOf(echoed);
  }

  private static int add(Map<String, Header> wanted, List<Header> echoed, int bytesBefore) {
    int bytes = bytesBefore;
    for (Header header : wanted.values()) {
      if (echoed.size() < MAX_COUNT && isText(header.value())) {
        int size = header.key().length() + header.value().length;
        if (bytes + size <= MAX_BYTES) {
          echoed.add(header);
          bytes += size;
        }
      }
    }
    return bytes;
  }

  private static boolean isText(byte @Nullable [] value) {
    if (value == null || value.length == 0 || value.length > MAX_VALUE_BYTES) {
      return false;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
