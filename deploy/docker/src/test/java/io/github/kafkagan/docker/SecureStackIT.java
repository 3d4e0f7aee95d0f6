package io.github.kafkagan.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack with TLS and SASL: the pipeline works, and nobody may do more than they should. */
@Tag("docker")
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureStackIT {
  private static final String CHECKPOINTS = "gan.checkpoints";
  private static final String REQUESTS = "gan.requests";
  private static final String REPLIES = "gan.replies";

  private @Nullable Stack running;
  private @Nullable Path secrets;

  @BeforeAll
  void start(@TempDir Path folder) {
    secrets = folder.resolve("secrets");
    running =
        Stack.of(
            folder.resolve("data"),
            Map.of("GAN_SECRETS_DIR", secrets.toString()),
            "compose.secure.yaml");
    Program.Result made =
        Program.run(
            Compose.HOME, Map.of(), List.of("deploy/secure/credentials.sh", secrets.toString()));
    assertThat(made.exitCode()).as(made.output()).isZero();
    running.up("kafka", "producer", "trainer", "generator-service");
    running.awaitHealthy("generator-service");
  }

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void requesterGetsReply() throws Exception {
    try (KafkaConsumer<String, String> replies = consumer("requester")) {
      List<TopicPartition> partitions =
          replies.partitionsFor(REPLIES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      replies.assign(partitions);
      replies.seekToBeginning(partitions);

      send("requester", REQUESTS, "{\"id\": \"a1\", \"labels\": [3]}");

      Await.until(
          Duration.ofMinutes(1),
          () -> "no reply",
          () -> {
            for (var reply : replies.poll(Duration.ofMillis(500))) {
              if (reply.value().contains("\"a1\"")) {
                assertThat(reply.value()).contains("\"images\"");
                return true;
              }
            }
            return false;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECKPOINTS, "gan.trainer-state", REQUESTS, REPLIES, "gan.images"})
  void guestCanNeitherReadNorWrite(String topic) {
    assertThatThrownBy(() -> send("guest", topic, "x"))
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> read("guest", topic)).isInstanceOf(TopicAuthorizationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECKPOINTS, "gan.trainer-state", REPLIES, "gan.images"})
  void requesterCanWriteNothingButRequests(String topic) {
    assertThatThrownBy(() -> send("requester", topic, "x"))
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer", "generator-service"})
  void onlyTrainerCanWriteCheckpoints(String service) {
    assertThatThrownBy(() -> send(service, CHECKPOINTS, "x"))
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void clientWithoutAccountGetsNoAnswer() {
    Properties plain = new Properties();
    plain.put("bootstrap.servers", requireNonNull(running).bootstrapServers());
    plain.put("max.block.ms", "5000");
    try (var producer =
        new KafkaProducer<>(plain, new StringSerializer(), new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(REQUESTS, "{}")).get())
          .hasRootCauseInstanceOf(TimeoutException.class);
    }
  }

  private void send(String principal, String topic, String value)
      throws IOException,
          ExecutionException,
          InterruptedException,
          java.util.concurrent.TimeoutException {
    Properties settings = settings(principal);
    settings.put("enable.idempotence", "false");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private void read(String principal, String topic) throws IOException {
    try (KafkaConsumer<String, String> consumer = consumer(principal)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      consumer.poll(Duration.ofSeconds(30));
    }
  }

  private KafkaConsumer<String, String> consumer(String principal) throws IOException {
    Properties settings = settings(principal);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  /** A principal's client settings, for a client that is not in a container. */
  private Properties settings(String principal) throws IOException {
    Path folder = requireNonNull(secrets).resolve(principal);
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("client.properties"), UTF_8)) {
      settings.load(reader);
    }
    settings.put("ssl.truststore.location", folder.resolve("ca.pem").toString());
    settings.put("bootstrap.servers", requireNonNull(running).bootstrapServers());
    return settings;
  }
}
