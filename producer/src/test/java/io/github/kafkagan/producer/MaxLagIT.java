package io.github.kafkagan.producer;

import static io.github.kafkagan.producer.ProducerProcess.paused;
import static io.github.kafkagan.producer.ProducerProcess.position;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.TrainingEvent;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import io.github.kafkagan.producer.source.IdxFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A stream that keeps pace with a training, whose events the test writes, on a real broker. */
@Timeout(120)
class MaxLagIT {
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static LocalBroker broker;
  private static Producer<byte[], byte[]> trainer;
  private static String dataDir;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("broker"));
    dataDir = IdxFiles.write(folder.resolve("data"), 250, 5, 4, 10).toString();
    Map<String, Object> settings = new HashMap<>(IdempotentProducer.settings());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    trainer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    trainer.close();
    broker.close();
  }

  @Test
  void theStreamWaitsForATrainerAndStaysSoFarAheadOfItAndNoFurther() throws Exception {
    try (JavaProcess producer = produce("lag.", "--max-lag", "1000")) {
      // Given no event at all, then the stream stops at its lag, and all of it can be read
      awaitHeld(producer, "lag.", 1000);
      assertThat(producer.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(producer.get("/health/ready").body())
          .contains("waiting for the trainer of model digits, which has said nothing yet");
      assertThat(producer.log()).containsOnlyOnce("The stream waits for a trainer");

      // When something else is told, and that training has come to 704
      send("lag.", "other", step("other", 90_000));
      send("lag.", "digits", "no event".getBytes(UTF_8));
      send("lag.", "digits", "{\"type\":\"step\",\"model\":\"digits\"}".getBytes(UTF_8));
      send("lag.", "digits", step("digits", 704));

      // Then it goes on for as many and stops again, and is ready
      awaitHeld(producer, "lag.", 1704);
      assertThat(producer.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(producer.log()).containsOnlyOnce("the stream goes on");

      // When a trainer has gone back, then only what it says last counts
      send("lag.", "digits", step("digits", 320));
      send("lag.", "digits", waiting("digits", 1704));
      awaitHeld(producer, "lag.", 2704);
      send("lag.", "digits", step("digits", 1600));
      send("lag.", "digits", step("digits", 1800));
      awaitHeld(producer, "lag.", 2800);
      producer.kill();
    }
  }

  @Test
  void aProducerThatIsStartedAgainKnowsWhereTrainingIs() throws Exception {
    // Given a stream, and behind the newest event many of another model
    try (JavaProcess first = produce("restart.", "--limit", "1500")) {
      assertThat(first.exitCode()).as(first.log()).isZero();
    }
    try (JavaProcess second = produce("restart.", "--limit", "1600", "--max-lag", "1000")) {
      awaitHeld(second, "restart.", 1500);
      second.terminate();
      assertThat(second.exitCode()).as(second.log()).isZero();
    }
    send("restart.", "clothes", step("clothes", 1280));
    for (int i = 0; i < 1000; i++) {
      send("restart.", "digits", step("digits", 64L * i));
    }

    // When a producer that follows the other model is started
    try (JavaProcess third =
        produce("restart.", "--limit", "9000", "--max-lag", "1000", "--follow", "clothes")) {
      // Then it knows the place, and goes to its end as training does
      awaitHeld(third, "restart.", 2280);
      send("restart.", "clothes", step("clothes", 8_001));
      assertThat(third.exitCode()).as(third.log()).isZero();
    }
    CommittedImages.read(broker, "restart.images").assertExactlyOnce(9000);
  }

  @Test
  void theRateHoldsToo() throws Exception {
    try (JavaProcess producer = produce("rate.", "--max-lag", "1000", "--rate", "2000")) {
      awaitHeld(producer, "rate.", 1000);
      long begin = System.nanoTime();
      send("rate.", "digits", step("digits", 4_000));
      awaitHeld(producer, "rate.", 5_000);

      // The pause is caught up with for a second at most.
      assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
    }
  }

  @Test
  void mistakesAreToldInOneLine() throws Exception {
    assertMistake("--max-lag must be at least 1000 images, was 64", "--max-lag", "64");
    assertMistake("--follow needs --max-lag", "--follow", "digits");
    assertMistake("a model name is", "--max-lag", "5000", "--follow", "two words");
  }

  private static void assertMistake(String message, String... arguments) throws Exception {
    try (JavaProcess producer = produce("mistake.", arguments)) {
      assertThat(producer.exitCode()).as(producer.log()).isEqualTo(2);
      assertThat(producer.log()).contains("error: " + message).doesNotContain("\tat ");
    }
  }

  /** Waits until the stream is held at a position; all before it is then committed, and no more. */
  private static void awaitHeld(JavaProcess producer, String prefix, long count) throws Exception {
    Eventually.await(
        "the stream is held at " + count,
        () -> position(producer) == count && paused(producer) == 1);
    CommittedImages.read(broker, prefix + "images").assertExactlyOnce(count);
    assertThat(CommittedImages.readUncommitted(broker, prefix + "images").size())
        .isEqualTo(Math.toIntExact(count));
  }

  private static void send(String prefix, String model, byte[] event) throws Exception {
    trainer.send(new ProducerRecord<>(prefix + "training", model.getBytes(UTF_8), event)).get();
  }

  private static byte[] step(String model, long nextPosition) {
    return Json.bytes(
        new TrainingEvent.Step(
            model,
            "run",
            1,
            nextPosition / 64,
            nextPosition,
            nextPosition,
            1,
            900,
            1,
            1,
            0.5,
            0.5));
  }

  private static byte[] waiting(String model, long nextPosition) {
    return Json.bytes(
        new TrainingEvent.Waiting(
            model, "run", 1, nextPosition / 64, nextPosition, nextPosition, 1));
  }

  private static JavaProcess produce(String prefix, String... arguments) throws Exception {
    return ProducerProcess.stream(broker, folder, dataDir, prefix, arguments);
  }
}
