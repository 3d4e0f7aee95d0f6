package io.github.kafkagan.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks at a stream's records, in the order of each partition: each position must be there once, in
 * the partition that is its own.
 */
public final class ExactlyOnce {
  private final long[] next;

  /** Of a stream that is spread over so many partitions, from its first position on. */
  public ExactlyOnce(int partitions) {
    next = new long[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      next[partition] = partition;
    }
  }

  /**
   * The next record of its partition.
   *
   * @throws AssertionError if its position is not the one that is due there
   */
  public void require(ConsumerRecord<byte[], byte[]> record) {
    assertThat(ImageRecord.position(record.key()))
        .as("position at %s-%s", record.partition(), record.offset())
        .hasValue(next[record.partition()]);
    next[record.partition()] += next.length;
  }
}
