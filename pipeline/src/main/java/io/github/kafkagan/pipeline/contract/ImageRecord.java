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

  /** As many as any int has room for. */
  private static final int MOST_DIGITS = 9;

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
   * @throws IllegalArgumentException if there is one that is not one to nine decimal digits
   */
  public static OptionalInt label(Headers headers) {
    Header header = headers.lastHeader(LABEL);
    if (header == null) {
      return OptionalInt.empty();
    }
    OptionalInt label = decimal(header.value());
    if (label.isPresent()) {
      return label;
    }
    String text =
        header.value() == null ? "null" : new String(header.value(), StandardCharsets.UTF_8);
    throw new IllegalArgumentException(
        "label must be a number of at least 0, was '" + RequestFields.shortened(text) + "'");
  }

  /** By hand: this is done for every image, and needs no text for it. */
  private static OptionalInt decimal(byte @Nullable [] digits) {
    if (digits == null || digits.length == 0 || digits.length > MOST_DIGITS) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return OptionalInt.empty();
      }
      number = 10 * number + digit - '0';
    }
    return OptionalInt.of(number);
  }
}
