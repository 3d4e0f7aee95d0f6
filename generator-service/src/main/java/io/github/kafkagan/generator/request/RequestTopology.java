package io.github.kafkagan.generator.request;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Requests in, answers out: to the replies topic, or wherever a request asked for.
 *
 * @param requestsTopic where requests come from
 * @param answering what makes an answer of a request
 */
public record RequestTopology(String requestsTopic, Answering answering, RequestMetrics metrics)
    implements Supplier<Topology> {

  /** Deleted entries leave the log within seconds, so that a restart has nothing to read. */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(1 << 20),
          "min.cleanable.dirty.ratio", "0.01",
          "delete.retention.ms", "1000",
          "max.compaction.lag.ms", "1000");

  @Override
  public Topology get() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            requestsTopic,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(RequestTopology::timestamp)
                .withName("requests"))
        .process(new AnswerSupplier(answering, metrics), Named.as("answer"))
        .to(
            (key, answer, context) -> answer.topic(),
            Produced.<byte[], OutgoingRecord>with(
                    Serdes.ByteArray(),
                    Serdes.serdeFrom((topic, answer) -> answer.value(), RequestTopology::unread))
                .withStreamPartitioner((topic, key, answer, count) -> partitions(answer))
                .withName("replies"));
    return builder.build();
  }

  /** Streams refuses negative timestamps, which clients may send. */
  static long timestamp(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis();
  }

  private static Optional<Set<Integer>> partitions(OutgoingRecord answer) {
    OptionalInt partition = answer.partition();
    return partition.isPresent() ? Optional.of(Set.of(partition.getAsInt())) : Optional.empty();
  }

  private static OutgoingRecord unread(String topic, byte[] value) {
    throw new UnsupportedOperationException("answers are only written");
  }

  /** Makes processors that share their pace of commits, and their store. */
  private record AnswerSupplier(Answering answering, RequestMetrics metrics, CommitPace pace)
      implements ProcessorSupplier<byte[], byte[], byte[], OutgoingRecord> {
    AnswerSupplier(Answering answering, RequestMetrics metrics) {
      this(answering, metrics, new CommitPace());
    }

    @Override
    public Processor<byte[], byte[], byte[], OutgoingRecord> get() {
      return new AnswerProcessor(answering, metrics, pace);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      // Cached, so that what is answered before the next commit leaves a tombstone in the changelog
      // and never its bytes.
      StoreBuilder<KeyValueStore<Long, ReceivedRequest>> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(AnswerProcessor.STORE),
                  Serdes.Long(),
                  ReceivedRequestSerde.create())
              .withLoggingEnabled(CHANGELOG)
              .withCachingEnabled();
      return Set.of(store);
    }
  }
}
