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

  private Rejection() {}

  public static ProducerRecord<byte[], byte[]> of(
      String rejectedTopic,
      ConsumerRecord<byte @Nullable [], byte @Nullable []> received,
      String reason) {
    List<Header> headers =
        List.of(
            header(TOPIC, received.topic()),
            header(PARTITION, Integer.toString(received.partition())),
            header(OFFSET, Long.toString(received.offset())),
            header(REASON, reason));
    return new ProducerRecord<>(rejectedTopic, null, received.key(), received.value(), headers);
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
