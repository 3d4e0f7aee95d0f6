package io.github.kafkagan.pipeline.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Keys and headers of a record in the images topic. Its value is the image itself: raw pixels,
 * uint8, row-major, exactly rows × columns × channels bytes.
 */
public final class ImageRecord {
  /** The image's class, as decimal text; absent on unlabelled streams. */
  public static final String LABEL = "label";

  /** The data set the image comes from. */
  public static final String DATASET = "dataset";

  /**
   * How much of a full stream is in one record batch, in bytes before compression. A reader that
   * fetches less of each partition gets the batch of a single one with each response.
   */
  public static final int BATCH_BYTES = 128 << 10;

  private ImageRecord() {}

  /** The key of the image at a stream position: int64, big-endian. */
  public static byte[] key(long position) {
    return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
  }

  /** The stream position in a key; empty for records that foreign producers wrote. */
  public static OptionalLong position(byte @Nullable [] key) {
    if (key == null || key.length != Long.BYTES) {
      return OptionalLong.empty();
    }
    long position = ByteBuffer.wrap(key).getLong();
    return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /** Position p goes to partition p mod P, so that a reader knows where the next image will be. */
  public static int partition(long position, int partitions) {
    return (int) (position % partitions);
  }

  public static byte[] labelHeader(int label) {
    return Integer.toString(label).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The class in the record's headers; empty where there is none.
   *
   * @throws IllegalArgumentException if there is one that is not a decimal number of at least 0
   */
  public static OptionalInt label(Headers headers) {
    Header header = headers.lastHeader(LABEL);
    if (header == null) {
      return OptionalInt.empty();
    }
    String text =
        header.value() == null ? "null" : new String(header.value(), StandardCharsets.UTF_8);
    try {
      int label = Integer.parseInt(text);
      if (label >= 0) {
        return OptionalInt.of(label);
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a negative number.
    }
    throw new IllegalArgumentException(
        "label must be a number of at least 0, was '" + RequestFields.shortened(text) + "'");
  }
}
