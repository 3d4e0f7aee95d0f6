package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.pipeline.process.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run is asked to replay.
 *
 * @param passes over what the topic holds; 0 to train on the stream
 */
public record ReplayRequest(int passes) {
  private static final Logger log = LoggerFactory.getLogger(ReplayRequest.class);

  public ReplayRequest {
    if (passes < 0) {
      throw new IllegalArgumentException("--replay must be at least 0, was " + passes);
    }
  }

  /**
   * Where the run begins. A replay that the run before did not end goes on; without a request, its
   * pass becomes part of the stream.
   *
   * @param resumed where the run before had come to
   * @param consumer read_committed, without subscription
   * @return empty if the topic holds nothing to replay
   * @throws UserError if a replay of another number of passes is not over
   */
  public Optional<StreamPosition> start(
      StreamPosition resumed,
      Consumer<byte @Nullable [], byte @Nullable []> consumer,
      String topic) {
    if (resumed.inReplay()) {
      return Optional.of(goOn(resumed, resumed.replay().orElseThrow()));
    }
    if (passes == 0) {
      return Optional.of(resumed);
    }
    Replay replay = bounded(consumer, topic);
    if (replay.holdsNothing()) {
      log.atInfo().addKeyValue("topic", topic).log("Nothing to replay: the topic is empty");
      return Optional.empty();
    }
    log.atInfo()
        .addKeyValue("passes", passes)
        .addKeyValue("from", replay.from())
        .addKeyValue("to", replay.to())
        .log("Replay begins");
    return Optional.of(resumed.begin(replay));
  }

  private StreamPosition goOn(StreamPosition resumed, Replay replay) {
    String pass = replay.pass() + "/" + replay.passes();
    if (passes == 0) {
      log.atWarn()
          .addKeyValue("pass", pass)
          .log("Replay left: the rest of its pass is trained on, then the stream goes on");
      return resumed.leaveReplay();
    }
    if (passes != replay.passes()) {
      throw UserError.usage(
          "the model is in pass %d of a replay of %d: go on with --replay %d, or leave it, without --replay"
              .formatted(replay.pass(), replay.passes(), replay.passes()));
    }
    log.atInfo().addKeyValue("pass", pass).log("Replay goes on");
    return resumed;
  }

  private Replay bounded(Consumer<byte @Nullable [], byte @Nullable []> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    return Replay.begin(
        passes,
        byPartition(consumer.beginningOffsets(partitions)),
        byPartition(consumer.endOffsets(partitions)));
  }

  private static SortedMap<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    SortedMap<Integer, Long> sorted = new TreeMap<>();
    offsets.forEach((partition, offset) -> sorted.put(partition.partition(), offset));
    return sorted;
  }
}
