package io.github.kafkagan.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What Kafka Streams makes of the settings for the clients that it opens. */
class StreamsSettingsTest {
  @Test
  void givenExactlyOnceThenACommitThatComesTooEarlyIsSoonTriedAgain() {
    assertThat(producer(true))
        .containsEntry("retry.backoff.ms", 10L)
        .containsEntry("transaction.timeout.ms", 5_000);
  }

  @Test
  void givenAtLeastOnceThenRetriesArePacedAsByDefault() {
    assertThat(producer(false)).doesNotContainKey("retry.backoff.ms");
  }

  @Test
  void aStreamThreadLooksAfterItsGroupOften() {
    assertThat(consumer(Map.of()))
        .containsEntry("max.poll.records", 100)
        .containsEntry("request.timeout.ms", 5_000);
  }

  @Test
  void givenARequestTimeoutOfTheUsersThenItIsKept() {
    assertThat(consumer(Map.of("request.timeout.ms", 7_000)))
        .containsEntry("request.timeout.ms", 7_000);
  }

  private static Map<String, Object> producer(boolean exactlyOnce) {
    return config(exactlyOnce, Map.of()).getProducerConfigs("producer");
  }

  private static Map<String, Object> consumer(Map<String, Object> clientProperties) {
    return config(true, clientProperties).getMainConsumerConfigs("group", "consumer", 0);
  }

  private static StreamsConfig config(boolean exactlyOnce, Map<String, Object> clientProperties) {
    Map<String, Object> clients = new HashMap<>(clientProperties);
    clients.put("bootstrap.servers", "localhost:9092");
    return new StreamsConfig(
        new StreamsSettings("service", "1", exactlyOnce, Optional.empty(), clients).properties());
  }
}
