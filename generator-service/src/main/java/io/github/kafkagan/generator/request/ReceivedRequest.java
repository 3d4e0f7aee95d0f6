package io.github.kafkagan.generator.request;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the requests topic, as it was read.
 *
 * @param offset where it is in its partition
 * @param timestamp epoch milliseconds, at least 0
 */
record ReceivedRequest(
    long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
  /** How much it takes, as it was received. */
  long bytes() {
    long bytes = size(key) + size(value);
    for (Header header : headers) {
      bytes += header.key().length() + size(header.value());
    }
    return bytes;
  }

  private static long size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The record again, without what nobody asks for once it was read. */
  ConsumerRecord<byte @Nullable [], byte @Nullable []> asRecord(String topic, int partition) {
    return new ConsumerRecord<>(topic, partition, offset, key, value);
  }
}
