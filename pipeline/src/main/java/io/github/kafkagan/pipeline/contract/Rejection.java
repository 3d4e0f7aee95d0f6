package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the rejected topic: key and value of an unreadable record as they were received, and
 * headers that say where it was and why it was refused.
 */
public final class Rejection {
  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";
  public static final String REASON = "reason";

  /** With its headers, still small enough for a broker's default {@code message.max.bytes}. */
  static final int MAX_BYTES = 900_000;

  private static final String LEFT_OUT = "; its %d bytes are left out, being too many to keep";

  private Rejection() {}

  /**
   * The record that keeps another aside; one that is too large for any topic at defaults without
   * its key and value, since a rejection that cannot be sent would stop whoever rejects.
   */
  public static ProducerRecord<byte[], byte[]> of(
      String rejectedTopic,
      ConsumerRecord<byte @Nullable [], byte @Nullable []> received,
      String reason) {
    long size = size(received.key()) + size(received.value());
    List<Header> headers =
        List.of(
            header(TOPIC, received.topic()),
            header(PARTITION, Integer.toString(received.partition())),
            header(OFFSET, Long.toString(received.offset())),
            header(REASON, size > MAX_BYTES ? reason + LEFT_OUT.formatted(size) : reason));
    byte[] key = size > MAX_BYTES ? null : received.key();
    byte[] value = size > MAX_BYTES ? null : received.value();
    return new ProducerRecord<>(rejectedTopic, null, key, value, headers);
  }

  private static long size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
