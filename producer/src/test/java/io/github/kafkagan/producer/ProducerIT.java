package io.github.kafkagan.producer;

import static io.github.kafkagan.producer.ProducerProcess.awaitPosition;
import static io.github.kafkagan.producer.ProducerProcess.images;
import static io.github.kafkagan.producer.ProducerProcess.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.producer.source.IdxFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The producer as a process on a real broker: started again, stopped, killed, replaced, cut off.
 */
@Timeout(120)
class ProducerIT {
  private static final int SET = 250;
  private static final int FENCED = 3;

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static LocalBroker broker;
  private static String dataDir;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("broker"));
    dataDir = IdxFiles.write(folder.resolve("data"), SET, 5, 4, 10).toString();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aProducerThatIsStartedAgainGoesOnWhereTheStreamEnded() throws Exception {
    // Given a stream that ended at its limit
    try (JavaProcess first = produce("again.", "--limit", "1001")) {
      assertThat(first.exitCode()).as(first.log()).isZero();
    }
    CommittedImages.read(broker, "again.images").assertExactlyOnce(1001);

    // When it is started with the same limit, then with a later one
    try (JavaProcess same = produce("again.", "--limit", "1001")) {
      assertThat(same.exitCode()).as(same.log()).isZero();
    }
    CommittedImages.read(broker, "again.images").assertExactlyOnce(1001);
    try (JavaProcess later = produce("again.", "--limit", "1777")) {
      assertThat(later.exitCode()).as(later.log()).isZero();
    }

    // Then no image is there twice or missing
    CommittedImages.read(broker, "again.images").assertExactlyOnce(1777);
  }

  @Test
  void noImageIsTwiceOrMissingAfterManyKills() throws Exception {
    String topic = "kill.images";

    // Given a producer that is killed in the middle of transactions, again and again
    long seen = 0;
    for (int kill = 0; kill < 5; kill++) {
      try (JavaProcess producer = produce("kill.", "--rate", "4000")) {
        awaitPosition(producer, seen + 300 + kill * 97L);
        seen = position(producer);
        producer.kill();
      }
    }

    // When one may go on to an end that lies beyond what the last can have reached
    int limit = Math.toIntExact(seen) + 20_000;
    try (JavaProcess producer = produce("kill.", "--limit", Integer.toString(limit))) {
      assertThat(producer.exitCode()).as(producer.log()).isZero();
    }

    // Then each position is there once, although kills left aborted images behind
    CommittedImages.read(broker, topic).assertExactlyOnce(limit);
    assertThat(CommittedImages.readUncommitted(broker, topic).size()).isGreaterThan(limit);
  }

  @Test
  void aTerminatedProducerEndsItsTransactionAndExitsWithZero() throws Exception {
    try (JavaProcess producer = produce("term.", "--rate", "2000")) {
      // Given a producer in the middle of its stream
      awaitPosition(producer, 500);

      // When it is terminated
      long asked = System.nanoTime();
      producer.terminate();

      // Then it ends soon and cleanly, and what it says it sent is what is there
      assertThat(producer.exitCode()).as(producer.log()).isZero();
      assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
      CommittedImages committed = CommittedImages.read(broker, "term.images");
      committed.assertExactlyOnce(committed.size());
      assertThat(producer.log()).contains("position=" + committed.size() + " Stopped");
      assertThat(CommittedImages.readUncommitted(broker, "term.images").size())
          .isEqualTo(committed.size());
    }
  }

  @RepeatedTest(2)
  void aSecondProducerReplacesTheFirst() throws Exception {
    try (JavaProcess first = produce("fence.", "--rate", "2000")) {
      // Given a producer in the middle of its stream
      Eventually.await("images are counted", () -> images(first) > 500);

      // When a second is started for the same topic
      try (JavaProcess second = produce("fence.", "--rate", "2000")) {
        // Then the first ends with the code for it and one line
        assertThat(first.exitCode()).as(first.log()).isEqualTo(FENCED);
        assertThat(
                first.log().lines().filter(line -> line.contains("error") || line.contains("WARN")))
            .containsExactly(
                "error: another producer has taken over topic fence.images; this one ends");

        // And the second goes on where it ended
        Eventually.await("images are counted", () -> images(second) > 500);
        second.terminate();
        assertThat(second.exitCode()).as(second.log()).isZero();
      }
    }
    CommittedImages committed = CommittedImages.read(broker, "fence.images");
    committed.assertExactlyOnce(committed.size());
  }

  @Test
  void nothingIsLostWhileTheBrokerIsAway() throws Exception {
    Path data = folder.resolve("away");
    LocalBroker away = LocalBroker.start(data);
    try (JavaProcess producer =
        ProducerProcess.start(away, folder, "--data-dir", dataDir, "--rate", "2000")) {
      // Given a producer that streams and is ready
      awaitPosition(producer, 500);
      assertThat(producer.get("/health/ready").statusCode()).isEqualTo(200);

      // When the broker is killed for so long that the open transaction is given up
      away.kill();
      Eventually.await(
          "the producer is not ready", () -> producer.get("/health/ready").statusCode() == 503);
      assertThat(producer.get("/health/live").statusCode()).isEqualTo(200);
      long before = position(producer);
      LocalBroker back = LocalBroker.start(data, away.port());
      away = back;

      // Then the producer goes on, and nothing is lost or repeated
      awaitPosition(producer, before + 500);
      assertThat(producer.get("/health/ready").statusCode()).isEqualTo(200);
      producer.terminate();
      assertThat(producer.exitCode()).as(producer.log()).isZero();
      CommittedImages committed = CommittedImages.read(back, "gan.images");
      committed.assertExactlyOnce(committed.size());
    } finally {
      away.close();
    }
  }

  @Test
  void aTopicThatWouldLoseImagesIsRefusedInOneLine() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic compacted = new NewTopic("policy.images", Optional.of(4), Optional.empty());
      admin
          .createTopics(List.of(compacted.configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }

    try (JavaProcess producer = produce("policy.")) {
      assertThat(producer.exitCode()).isEqualTo(1);
      assertThat(producer.log())
          .contains("error: topic policy.images has cleanup.policy=compact")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void mistakesOfTheUserAreToldInOneLine() throws Exception {
    assertMistake(
        2, "there is no data set 'cifar'; there are mnist, fashion-mnist", "--dataset", "cifar");
    assertMistake(2, "labels are numbers and ranges", "--data-dir", dataDir, "--labels", "one");
    assertMistake(
        2,
        "mnist has no images with labels 40; it has 0, 1, 2",
        "--data-dir",
        dataDir,
        "--labels",
        "40");
    assertMistake(2, "rate must be above 0", "--data-dir", dataDir, "--rate", "-1");
    assertMistake(1, "does not exist", "--image-file", "absent");
  }

  private static void assertMistake(int exitCode, String message, String... arguments)
      throws Exception {
    try (JavaProcess producer = ProducerProcess.start(broker, folder, arguments)) {
      assertThat(producer.exitCode()).as(producer.log()).isEqualTo(exitCode);
      assertThat(producer.log().lines().filter(line -> line.startsWith("error: ")))
          .singleElement()
          .asString()
          .contains(message);
      assertThat(producer.log()).doesNotContain("\tat ");
    }
  }

  private static JavaProcess produce(String prefix, String... arguments) throws Exception {
    return ProducerProcess.stream(broker, folder, dataDir, prefix, arguments);
  }
}
