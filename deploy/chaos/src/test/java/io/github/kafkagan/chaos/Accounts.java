package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.producer.CommittedImages;
import io.github.kafkagan.producer.ExactlyOnce;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The images of a stream against what checkpoints say that they were trained on.
 *
 * @param offsets of the images, ascending, by partition
 */
record Accounts(Map<Integer, long[]> offsets) {
  /**
   * Reads a stream that is at rest, of which no more than this is kept.
   *
   * @throws AssertionError unless each position is there once
   */
  static Accounts read(String bootstrapServers, TopicDefinition topic) {
    ExactlyOnce stream = new ExactlyOnce(topic.partitions());
    Map<Integer, LongStream.Builder> offsets = new HashMap<>();
    CommittedImages.forEach(
        bootstrapServers,
        topic.name(),
        image -> {
          stream.require(image);
          offsets
              .computeIfAbsent(image.partition(), partition -> LongStream.builder())
              .add(image.offset());
        });
    return new Accounts(
        offsets.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, images -> images.getValue().build().toArray())));
  }

  /** How many there are. */
  long images() {
    return offsets.values().stream().mapToLong(images -> images.length).sum();
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
