package io.github.kafkagan.trainer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageLogTest {
  private static final String TOPIC = "gan.images";
  private static final int PARTITIONS = 64;

  /** Of one partition; less than a poll brings. */
  private static final int FEW = 50;

  private final MockConsumer<byte @Nullable [], byte @Nullable []> consumer =
      new MockConsumer<>("none");
  private final StreamOrder order = new StreamOrder(PARTITIONS, 0);

  @Test
  void aPartitionThatIsAheadOfTheOthersWaitsForThemAndThenGoesOn() {
    ImageLog log = log();
    arrive(log, 1, 0, FEW);
    assertThat(consumer.paused()).isEmpty();

    arrive(log, 1, FEW, 3 * FEW);
    arrive(log, 1, 3 * FEW, 4 * FEW);

    assertThat(order.waiting()).as("images that wait").isLessThan(4 * FEW);
    assertThat(consumer.paused()).containsExactly(new TopicPartition(TOPIC, 1));

    IntStream.range(0, PARTITIONS)
        .filter(partition -> partition != 1)
        .forEach(partition -> arrive(log, partition, 0, 2 * FEW));
    takeAll();
    log.holdBack(order);

    assertThat(order.nextPosition()).isEqualTo(PARTITIONS * 2L * FEW);
    assertThat(consumer.paused()).isEmpty();
  }

  private ImageLog log() {
    Node[] none = {};
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new PartitionInfo(TOPIC, partition, null, none, none))
            .toList());
    TreeMap<Integer, Long> beginning = new TreeMap<>();
    IntStream.range(0, PARTITIONS).forEach(partition -> beginning.put(partition, 0L));
    return new ImageLog(
        consumer,
        TOPIC,
        new ImageReader(1, 0),
        MissingOffsets.FAIL,
        new StreamPosition(beginning, 0, 0, Optional.empty()));
  }

  /** What of a partition's images comes with the next poll, unless it is held back. */
  private void arrive(ImageLog log, int partition, int from, int to) {
    if (!consumer.paused().contains(new TopicPartition(TOPIC, partition))) {
      for (int i = from; i < to; i++) {
        byte[] key = ImageRecord.key((long) i * PARTITIONS + partition);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, partition, i, key, new byte[1]));
      }
    }
    log.poll(order);
    log.holdBack(order);
  }

  private void takeAll() {
    while (order.poll() != null) {
      // On to the next.
    }
  }
}
