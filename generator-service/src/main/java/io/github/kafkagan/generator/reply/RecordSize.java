package io.github.kafkagan.generator.reply;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** How large a record is as brokers count it: alone in its batch. */
public final class RecordSize {
  /** A batch's header (61 bytes), a record's (at most 21), and lengths of key, value, headers. */
  private static final long OVERHEAD = 61 + 21 + 15;

  private static final int HEADER_OVERHEAD = 10;

  private RecordSize() {}

  /** An upper bound in bytes, by less than 100 and 8 for each header. */
  public static long upperBound(
      byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    long bytes = OVERHEAD + length(key) + length(value);
    for (Header header : headers) {
      bytes += HEADER_OVERHEAD + Utils.utf8Length(header.key()) + length(header.value());
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
