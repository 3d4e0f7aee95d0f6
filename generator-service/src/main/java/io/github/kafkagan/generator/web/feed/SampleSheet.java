package io.github.kafkagan.generator.web.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ModelName;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A contact sheet of the samples topic: what a checkpoint made of latent vectors that never change.
 *
 * @param timestamp epoch milliseconds
 * @param step generator steps trained
 * @param images real images trained on
 * @param png the file
 */
public record SampleSheet(
    long offset, long timestamp, String model, long step, long images, byte[] png)
    implements Remembered {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G'};

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException with one sentence, if it is no sheet
   */
  static SampleSheet of(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] key = record.key();
    byte[] png = record.value();
    if (key == null) {
      throw new IllegalArgumentException("a sheet has its model as key");
    }
    if (png == null || !isPng(png)) {
      throw new IllegalArgumentException("a sheet is a PNG file");
    }
    return new SampleSheet(
        record.offset(),
        record.timestamp(),
        ModelName.require(new String(key, UTF_8)),
        number(record, SampleRecord.STEP),
        number(record, SampleRecord.IMAGES),
        png);
  }

  @Override
  public String lane() {
    return model;
  }

  @Override
  public int bytes() {
    return png.length;
  }

  private static boolean isPng(byte[] bytes) {
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (bytes.length <= i || bytes[i] != SIGNATURE[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException("a sheet has a header " + name);
    }
    try {
      return Long.parseLong(new String(header.value(), UTF_8));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a sheet's header " + name + " is a number", e);
    }
  }
}
