package io.github.kafkagan.generator.reply;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a reply needs to know of its request.
 *
 * @param id tells it from every other request, and is the same each time it is answered
 */
public record AnsweredRequest(String id, byte @Nullable [] key, Headers headers) {
  /** The request that a record of the requests topic is. */
  public static AnsweredRequest at(
      String topic, int partition, long offset, byte @Nullable [] key, Headers headers) {
    return new AnsweredRequest(topic + '-' + partition + '-' + offset, key, headers);
  }
}
