package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a requester wants the reply, in which form, and how it will recognise it.
 *
 * @param partition the producer's choice if empty
 * @param key the request's own
 * @param requestId what the reply's event id is
 * @param correlation the request's correlation header, echoed; null if it had none
 * @param echoed further headers of the request that the reply has too
 * @param png whether images come as a PNG file instead of JSON
 */
record ReplyAddress(
    String topic,
    OptionalInt partition,
    byte @Nullable [] key,
    String requestId,
    @Nullable Header correlation,
    List<Header> echoed,
    boolean png) {
  static final String CORRELATION_ID = "kafka_correlationId";
  static final String TOPIC = "kafka_replyTopic";
  static final String PARTITION = "kafka_replyPartition";
  static final String ACCEPT = "accept";
  static final String PNG = "image/png";
  static final String JSON = "application/json";

  /**
   * The address in a request's headers.
   *
   * @param defaultTopic where replies go that no header sends elsewhere
   * @throws RequestException if a header makes no sense
   */
  static ReplyAddress of(AnsweredRequest request, String defaultTopic) {
    Headers headers = request.headers();
    String topic = text(headers, TOPIC);
    return new ReplyAddress(
        topic == null ? defaultTopic : topic,
        partition(headers),
        request.key(),
        request.id(),
        headers.lastHeader(CORRELATION_ID),
        EchoedHeaders.of(headers),
        png(text(headers, ACCEPT)));
  }

  /** Where to tell a requester that its own address is no good. */
  static ReplyAddress fallback(AnsweredRequest request, String defaultTopic) {
    return new ReplyAddress(
        defaultTopic,
        OptionalInt.empty(),
        request.key(),
        request.id(),
        request.headers().lastHeader(CORRELATION_ID),
        EchoedHeaders.of(request.headers()),
        false);
  }

  /** The same, for a reply that has room for what its requester needs only. */
  ReplyAddress withoutEchoes() {
    return new ReplyAddress(topic, partition, key, requestId, correlation, List.of(), png);
  }

  /**
   * The headers of a reply.
   *
   * @param eventType what it is as a {@link CloudEvent}
   * @param subject likewise
   */
  List<Header> headers(String contentType, String eventType, @Nullable String subject) {
    return Stream.of(
            new CloudEvent(eventType, requestId, subject).headers(contentType).stream(),
            Stream.ofNullable(correlation),
            echoed.stream())
        .flatMap(headers -> headers)
        .toList();
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
