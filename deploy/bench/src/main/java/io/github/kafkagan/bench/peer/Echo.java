package io.github.kafkagan.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.generator.StreamsSettings;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What Kafka Streams can do by itself: the service's settings and guarantee, and replies of the
 * same size, for which nothing is done.
 */
record Echo(Channel channel, int replyBytes) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /**
   * The service commits as soon as nothing is open. An echo that commits by a punctuator has it due
   * on every pass of the stream thread, which then takes one record at a time; at the service's
   * interval of 100 ms it would answer what is in flight ten times a second.
   */
  private static final int COMMIT_INTERVAL_MS = 20;

  void run(StopSignal stop) throws InterruptedException {
    StreamsSettings how =
        new StreamsSettings(
            channel.topics().prefix() + "echo",
            "bench",
            true,
            Optional.empty(),
            channel.clientProperties());
    Properties properties = how.properties();
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    try (KafkaStreams streams = new KafkaStreams(topology(), properties, how.clients())) {
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
        .mapValues(request -> reply)
        .to(
            (key, value, record) -> replyTopic(record.headers()),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    return builder.build();
  }

  private String replyTopic(Headers request) {
    Header named = request.lastHeader(Requester.REPLY_TOPIC);
    return named == null ? channel.topics().replies().name() : new String(named.value(), US_ASCII);
  }
}
