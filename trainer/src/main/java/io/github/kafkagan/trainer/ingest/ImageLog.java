package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.pipeline.process.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the images topic, each read from an offset on; in a replay up to another.
 *
 * <p>Partitions are assigned, never subscribed: a rebalance would rewind the position under weights
 * that are already ahead, and images would be trained on twice.
 */
final class ImageLog {
  private static final Logger log = LoggerFactory.getLogger(ImageLog.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int RECORDS_AHEAD = 8192;
  private static final int RECORDS_AHEAD_OF_EACH = 64;

  private final Consumer<byte @Nullable [], byte @Nullable []> consumer;
  private final String topic;
  private final ImageReader reader;
  private final List<TopicPartition> partitions;
  private final MissingOffsets onMissing;
  private final Map<Integer, Long> ends;
  private final boolean endless;

  /**
   * A log that is read from a position on.
   *
   * @param consumer read_committed, with {@code auto.offset.reset=none}; stays the caller's to
   *     close
   */
  ImageLog(
      Consumer<byte @Nullable [], byte @Nullable []> consumer,
      String topic,
      ImageReader reader,
      MissingOffsets onMissing,
      StreamPosition from) {
    this.consumer = consumer;
    this.topic = topic;
    this.reader = reader;
    this.onMissing = onMissing;
    partitions =
        IntStream.range(0, consumer.partitionsFor(topic).size())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    endless = !from.inReplay();
    ends = endless ? Map.of() : from.replay().map(Replay::to).orElseThrow();
    consumer.assign(partitions);
    seek(from.offsets());
  }

  int partitions() {
    return partitions.size();
  }

  /**
   * Looks, as often as the consumer's metadata is refreshed, whether the topic has grown. While no
   * broker answers, that is not known.
   *
   * @throws UserError if it has: positions are spread over the partitions that there were
   */
  void requireSamePartitions() {
    int now;
    try {
      now = consumer.partitionsFor(topic, POLL).size();
    } catch (TimeoutException e) {
      return; // The broker watch tells; once one answers again, this does, too.
    }
    if (now > partitions.size()) {
      throw ImagesTopic.otherPartitions(topic, partitions.size(), now);
    }
  }

  /** Reads on from there; a partition that is missing, from its beginning. */
  void seek(SortedMap<Integer, Long> offsets) {
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition.partition());
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
    consumer.resume(partitions);
  }

  /**
   * Hands over what has arrived, and which partitions have come to their ends.
   *
   * @throws UserError if images are gone and must not be
   */
  void poll(StreamOrder order) {
    try {
      for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(POLL)) {
        if (record.offset() < end(record.partition())) {
          order.add(reader.read(record));
        }
      }
    } catch (OffsetOutOfRangeException e) {
      passOver(e.offsetOutOfRangePartitions().keySet());
    }
    for (TopicPartition partition : partitions) {
      if (exhausted(partition)) {
        order.exhausted(partition.partition());
      }
    }
  }

  private void passOver(Set<TopicPartition> lost) {
    if (onMissing == MissingOffsets.FAIL) {
      throw UserError.failed(
          "images %s are gone from %s: retention deleted them, or the topic was re-created; --on-missing-offsets skip goes on without them"
              .formatted(endless ? "not yet trained on" : "of the replay", lost));
    }
    log.atWarn().addKeyValue("partitions", lost).log("Images are gone; going on without them");
    consumer.seekToBeginning(lost);
  }

  private long end(int partition) {
    return endless ? Long.MAX_VALUE : ends.getOrDefault(partition, 0L);
  }

  private boolean exhausted(TopicPartition partition) {
    return !endless && consumer.position(partition) >= end(partition.partition());
  }

  /**
   * A partition that is far ahead of the one whose turn it is waits, so that memory is bounded.
   * Returns how many records of the topic were not handed over yet.
   */
  long holdBack(StreamOrder order) {
    int limit = Math.max(RECORDS_AHEAD_OF_EACH, RECORDS_AHEAD / partitions.size());
    Map<Boolean, List<TopicPartition>> held =
        partitions.stream()
            .collect(
                Collectors.partitioningBy(
                    partition ->
                        order.waiting(partition.partition()) > limit || exhausted(partition)));
    consumer.pause(held.get(true));
    consumer.resume(held.get(false));
    return partitions.stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }
}
