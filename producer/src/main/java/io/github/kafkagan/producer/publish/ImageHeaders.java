package io.github.kafkagan.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of one data set's records, made once per label. */
public final class ImageHeaders {
  private static final int LABELS = 256;

  private final List<Header> unlabelled;
  private final List<List<Header>> labelled = new ArrayList<>();

  /** The headers of a data set's records, by its name. */
  public ImageHeaders(String dataset) {
    Header name = new RecordHeader(ImageRecord.DATASET, dataset.getBytes(UTF_8));
    unlabelled = List.of(name);
    for (int label = 0; label < LABELS; label++) {
      labelled.add(
          List.of(new RecordHeader(ImageRecord.LABEL, ImageRecord.labelHeader(label)), name));
    }
  }

  /** Those of an image with that label, 0 to 255, or without one. */
  public List<Header> of(OptionalInt label) {
    return label.isPresent() ? labelled.get(label.getAsInt()) : unlabelled;
  }
}
