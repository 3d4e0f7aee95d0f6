package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.producer.CommittedImages;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The images of a stream against what checkpoints say that they were trained on.
 *
 * @param offsets of the images, ascending, by partition
 */
record Accounts(Map<Integer, long[]> offsets) {
  static Accounts of(CommittedImages images) {
    return new Accounts(
        images.records().stream()
            .collect(
                Collectors.groupingBy(
                    ConsumerRecord::partition,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        records -> records.stream().mapToLong(ConsumerRecord::offset).toArray()))));
  }

  /** The images before a checkpoint's offsets are those that it counts, none more and none less. */
  void require(Manifest manifest) {
    long before = 0;
    for (Map.Entry<Integer, Long> offset : manifest.offsets().entrySet()) {
      long[] images = offsets.getOrDefault(offset.getKey(), new long[0]);
      int found = Arrays.binarySearch(images, offset.getValue());
      before += found < 0 ? -found - 1 : found;
    }
    assertThat(before)
        .as("images before the offsets of %s step %d", manifest.slot(), manifest.step())
        .isEqualTo(manifest.imagesSeen())
        .isEqualTo(manifest.nextPosition());
  }
}
