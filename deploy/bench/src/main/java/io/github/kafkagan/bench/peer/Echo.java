package io.github.kafkagan.bench.peer;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.generator.StreamsSettings;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What Kafka Streams can do by itself: the service's settings and guarantee, and replies of the
 * same size, for which nothing is done. Like the service it commits as soon as nothing is open,
 * rather than wait for the commit interval.
 */
record Echo(Channel channel, int replyBytes) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  void run(StopSignal stop) throws InterruptedException {
    StreamsSettings how =
        new StreamsSettings(
            channel.topics().prefix() + "echo",
            "bench",
            true,
            Optional.empty(),
            channel.clientProperties());
    try (KafkaStreams streams = new KafkaStreams(topology(), how.properties(), how.clients())) {
      streams.start();
      while (!stop.await(LOOK_EVERY)) {
        if (streams.state() == KafkaStreams.State.ERROR) {
          throw new IllegalStateException("Kafka Streams has ended by an error");
        }
      }
    }
  }

  private Topology topology() {
    byte[] reply = new byte[replyBytes];
    Arrays.fill(reply, (byte) '.');
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            channel.topics().requests().name(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(() -> new Reply(reply))
        .to(
            channel.topics().replies().name(),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    return builder.build();
  }

  /** Answers at once, with the same bytes always. */
  private static final class Reply extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    /** As often as the service looks for answers. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(5);

    private final byte[] value;
    private boolean uncommitted;

    Reply(byte[] value) {
      this.value = value;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
      super.init(taskContext);
      taskContext.schedule(COMMIT_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> commit());
    }

    @Override
    public void process(Record<byte[], byte[]> request) {
      context().forward(request.withValue(value));
      uncommitted = true;
    }

    private void commit() {
      if (uncommitted) {
        context().commit();
        uncommitted = false;
      }
    }
  }
}
