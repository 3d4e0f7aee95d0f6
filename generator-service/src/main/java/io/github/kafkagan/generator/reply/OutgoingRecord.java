package io.github.kafkagan.generator.reply;

import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that answers a request, fit for its topic: that exists, has the partition and takes a
 * record of this size.
 *
 * @param partition the producer's choice if empty
 * @param outcome {@code ok}, or the error's code
 */
public record OutgoingRecord(
    String topic,
    OptionalInt partition,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers,
    String outcome) {
  /** The outcome of a request that got images. */
  public static final String OK = "ok";

  /** The outcome of a request that no reply topic takes an answer to. */
  public static final String REJECTED = "rejected";
}
