package io.github.kafkagan.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.generator.web.http.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's events while topics and the broker come and go. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebEventsIT {
  private Path brokerFolder;
  private LocalBroker broker;
  private RunningPage running;
  private TestPipeline pipeline;
  private TrainingTopics training;
  private Http http;

  @BeforeAll
  void startBroker(@TempDir Path folder) {
    brokerFolder = folder;
    broker = LocalBroker.start(folder);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startService() throws Exception {
    running = new RunningPage(broker.bootstrapServers());
    pipeline = running.pipeline();
    training = running.training();
    http = running.http();
  }

  @AfterEach
  void stopService() {
    running.close();
  }

  @Test
  void givenTopicsThatComeLaterThenEventsAreRelayedAsTheyCome() throws Exception {
    try (Followed followed = new Followed()) {
      training.create();
      training.step(20);
      training.event("no event at all");
      training.step(40);

      assertThat(followed.next()).isEqualTo("id: 0");
      assertThat(followed.next()).isEqualTo("event: step");
      JsonNode event = Http.parsed(followed.next().substring("data: ".length()));
      assertThat(event.get("step").asLong()).isEqualTo(20);
      assertThat(event.get("lossGenerator").asDouble()).isEqualTo(0.75);
      assertThat(followed.next()).isEqualTo("id: 2");
    }
    assertThat(
            running
                .metrics()
                .registry()
                .get("gan.generator.page.foreign")
                .tag("topic", pipeline.topics().training().name())
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void givenAFollowerWhoComesBackThenItGetsWhatItMissed() throws Exception {
    training.create();
    for (int step = 20; step <= 100; step += 20) {
      training.step(step);
    }
    try (Followed followed = new Followed()) {
      assertThat(followed.next()).isEqualTo("id: 0");
    }

    try (Followed followed = new Followed("Last-Event-ID", "2")) {
      assertThat(followed.next()).isEqualTo("id: 3");
    }
  }

  @Test
  void givenATopicThatIsCreatedAnewThenFollowersAreToldThatAllBeforeIsVoid() throws Exception {
    training.create();
    training.step(20);
    training.step(40);
    training.sheet(40, 90);
    try (Followed followed = new Followed()) {
      assertThat(followed.next()).isEqualTo("id: 0");
      Await.until(() -> http.json("/api/samples").get("sheets").size() == 1);
      String old = http.json("/api/samples").at("/sheets/0/url").asText();

      training.createAnew(pipeline.topics().training());
      training.createAnew(pipeline.topics().samples());
      training.step(7);
      training.sheet(7, 200);

      followed.until("event: reset");
      followed.until("id: 0");
      Await.until(() -> http.json("/api/samples").at("/sheets/0/step").asLong() == 7);
      assertThat(http.get(old).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void givenABrokerThatStopsThenItIsDownAndComesBack() throws Exception {
    training.create();
    training.step(20);
    Await.until(() -> http.json("/api/status").at("/training/step").asLong() == 20);
    Await.until(() -> running.part("broker").get("state").asText().equals("up"));
    int port = broker.port();

    broker.close();
    Await.until(() -> running.part("broker").get("state").asText().equals("down"));
    assertThat(running.part("trainer").get("state").asText()).isEqualTo("waiting");
    broker = LocalBroker.start(brokerFolder, port);

    Await.until(() -> running.part("broker").get("state").asText().equals("up"));
    try (Followed followed = new Followed("Last-Event-ID", "0")) {
      training.step(40);
      assertThat(followed.next()).isEqualTo("id: 1");
    }
  }

  /** The lines of the event stream that say something. */
  private final class Followed implements AutoCloseable {
    private final BufferedReader lines;

    Followed(String... headers) {
      lines = new BufferedReader(new InputStreamReader(http.open("/api/events", headers), UTF_8));
    }

    String next() throws IOException {
      while (true) {
        String line = lines.readLine();
        assertThat(line).as("the stream ends").isNotNull();
        if (!line.isEmpty() && !line.startsWith(":") && !line.startsWith("retry")) {
          return line;
        }
      }
    }

    void until(String wanted) throws IOException {
      while (!next().equals(wanted)) {
        // What comes before is of no interest.
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
