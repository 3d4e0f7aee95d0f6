package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Whose request it is, as far as a record tells: a CloudEvent names its source, a requester with a
 * reply topic of its own names that, all others of a partition are one. Nothing proves it, so that
 * taking turns by these names is for those who are busy, not for those who lie; brokers' quotas are
 * for them.
 */
public final class RequesterName {
  private static final String SOURCE = "ce_source";
  private static final int LONGEST = 200;

  private RequesterName() {}

  /**
   * A name.
   *
   * @param headers of the request
   * @param partition where it was
   */
  public static String of(Headers headers, int partition) {
    for (String name : new String[] {SOURCE, ReplyAddress.TOPIC}) {
      Header header = headers.lastHeader(name);
      if (header != null && header.value() != null && header.value().length <= LONGEST) {
        return name + " " + new String(header.value(), UTF_8);
      }
    }
    return "partition " + partition;
  }
}
