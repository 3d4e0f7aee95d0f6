package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Where a requester wants the reply, in which form, and how it will recognise it.
 *
 * @param partition the producer's choice if empty
 * @param key the request's own
 * @param correlation the request's correlation header, echoed; null if it had none
 * @param png whether images come as a PNG file instead of JSON
 */
record ReplyAddress(
    String topic,
    OptionalInt partition,
    byte @Nullable [] key,
    @Nullable Header correlation,
    boolean png) {
  static final String CORRELATION_ID = "kafka_correlationId";
  static final String TOPIC = "kafka_replyTopic";
  static final String PARTITION = "kafka_replyPartition";
  static final String ACCEPT = "accept";
  static final String CONTENT_TYPE = "content-type";
  static final String PNG = "image/png";
  static final String JSON = "application/json";

  /**
   * The address in a request's headers.
   *
   * @param defaultTopic where replies go that no header sends elsewhere
   * @throws RequestException if a header makes no sense
   */
  static ReplyAddress of(byte @Nullable [] key, Headers headers, String defaultTopic) {
    String topic = text(headers, TOPIC);
    return new ReplyAddress(
        topic == null ? defaultTopic : topic,
        partition(headers),
        key,
        headers.lastHeader(CORRELATION_ID),
        png(text(headers, ACCEPT)));
  }

  /** Where to tell a requester that its own address is no good. */
  static ReplyAddress fallback(byte @Nullable [] key, Headers headers, String defaultTopic) {
    Header correlation = headers.lastHeader(CORRELATION_ID);
    return new ReplyAddress(defaultTopic, OptionalInt.empty(), key, correlation, false);
  }

  /** The headers of a reply. */
  List<Header> headers(String contentType) {
    List<Header> headers = new ArrayList<>();
    headers.add(new RecordHeader(CONTENT_TYPE, contentType.getBytes(UTF_8)));
    if (correlation != null) {
      headers.add(correlation);
    }
    return headers;
  }

  private static boolean png(@Nullable String accept) {
    if (accept == null || accept.equals(JSON) || accept.equals("*/*")) {
      return false;
    }
    if (accept.equals(PNG)) {
      return true;
    }
    throw new RequestException(
        ErrorCode.NOT_ACCEPTABLE, "the header accept must be %s or %s".formatted(JSON, PNG));
  }

  /** Four bytes are a big-endian number, as Spring sends it; anything else is decimal text. */
  private static OptionalInt partition(Headers headers) {
    Header header = headers.lastHeader(PARTITION);
    if (header == null || header.value() == null) {
      return OptionalInt.empty();
    }
    if (header.value().length == Integer.BYTES) {
      return OptionalInt.of(ByteBuffer.wrap(header.value()).getInt());
    }
    try {
      return OptionalInt.of(Integer.parseInt(new String(header.value(), UTF_8)));
    } catch (NumberFormatException e) {
      throw new RequestException(
          ErrorCode.REPLY_PARTITION_REFUSED, "the header " + PARTITION + " is no number");
    }
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
