package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Headers of a record in the samples topic, whose key is the model and whose value is a PNG contact
 * sheet.
 */
public final class SampleRecord {
  /** Generator steps, as decimal text. */
  public static final String STEP = "step";

  /** Real images trained on, as decimal text. */
  public static final String IMAGES = "images";

  private SampleRecord() {}

  public static Header step(long step) {
    return new RecordHeader(STEP, Long.toString(step).getBytes(US_ASCII));
  }

  public static Header images(long images) {
    return new RecordHeader(IMAGES, Long.toString(images).getBytes(US_ASCII));
  }
}
