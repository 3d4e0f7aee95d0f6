package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.generator.web.http.Http;
import io.github.kafkagan.generator.web.http.WebServer;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.observe.Metrics;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's API of a service on a real broker, with real generators that nobody trained. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebApiIT {
  private static final Preset PRESET = Preset.named("digits");
  private static final WebServer.Settings FREE_PORT =
      new WebServer.Settings("127.0.0.1", 0, 1 << 20);

  private Path brokerFolder;
  private LocalBroker broker;
  private TestPipeline pipeline;
  private TrainingTopics training;
  private Metrics metrics;
  private GeneratorService service;
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
    pipeline = new TestPipeline(broker.bootstrapServers());
    training = new TrainingTopics(pipeline);
    metrics = new Metrics();
    service = pipeline.service(metrics);
    http = new Http(service.openPage(FREE_PORT));
  }

  @AfterEach
  void stopService() {
    service.close();
    metrics.close();
    training.close();
    pipeline.close();
  }

  @Test
  void givenTheSameRequestByTopicAndByHttpThenTheImagesAreTheSame() throws Exception {
    publish(1);
    String fields = "\"count\": 3, \"seed\": 42, \"labels\": [7]";
    Images byTopic;
    try (Requester requester = new Requester(pipeline, pipeline.topics().replies().name())) {
      requester.ask("same", fields);
      byTopic = requester.images("same");
    }

    HttpResponse<String> answer = http.post("/api/generate", "{\"id\": \"same\", " + fields + "}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode reply = Http.parsed(answer);
    assertThat(reply.get("id").asText()).isEqualTo("same");
    assertThat(reply.at("/checkpoint/step").asLong()).isEqualTo(100);
    assertThat(texts(reply.get("images"))).hasSize(3).isEqualTo(byTopic.images());
  }

  @Test
  void givenAcceptPngThenTheAnswerIsThePicture() throws Exception {
    publish(1);

    HttpResponse<byte[]> answer =
        http.postForBytes(
            "/api/generate",
            "{\"count\": 4, \"seed\": 1}",
            "Content-Type",
            "application/json; charset=utf-8",
            "Accept",
            "image/png");

    assertThat(answer.headers().firstValue("content-type")).contains("image/png");
    assertThat(answer.headers().firstValue("gan-step")).contains("100");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(picture.getWidth()).isGreaterThanOrEqualTo(2 * 28);
  }

  @Test
  void givenSeveralCheckpointsThenOneSeedIsDrawnByEach() {
    publish(1);
    publish(2);

    JsonNode reply =
        Http.parsed(http.post("/api/generate", "{\"seed\": 1, \"checkpoint\": \"all\"}"));
    JsonNode model = http.json("/api/models").at("/models/0");

    assertThat(reply.get("images")).hasSize(2);
    assertThat(reply.at("/checkpoints/0/step").asLong()).isEqualTo(100);
    assertThat(reply.at("/checkpoints/1/step").asLong()).isEqualTo(200);
    assertThat(model.get("name").asText()).isEqualTo(MODEL);
    assertThat(model.get("isDefault").asBoolean()).isTrue();
    assertThat(model.get("loadedSteps").toString()).isEqualTo("[100,200]");
    assertThat(model.at("/served/step").asLong()).isEqualTo(200);
    assertThat(model.at("/served/classes").asInt()).isEqualTo(10);
    assertThat(model.at("/served/shape").toString()).isEqualTo("[28,28,1]");
  }

  @Test
  void givenRequestsThatCannotBeServedThenStatusAndCodeSayWhy() {
    assertError("{\"id\": \"early\", \"deadlineMs\": 1000}", 503, 504);
    publish(1);
    assertThat(assertError("{\"id\": \"x\", \"labels\": [10]}", 400).get("id").asText())
        .isEqualTo("x");
    assertError("{\"checkpoint\": {\"step\": 7}}", 404);
    assertError("{\"model\": \"none\"}", 404);
    assertThat(http.json("/api/status").at("/httpRequests/label-out-of-range").asLong())
        .isEqualTo(1);
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
    assertThat(metrics.registry().get("gan.generator.page.foreign").counter().count()).isEqualTo(1);
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
  void givenSheetsThenTheyAreListedAndKeptByBrowsers() throws Exception {
    training.create();
    training.sheet(100, 50);
    long second = training.sheet(200, 150);
    Await.until(() -> http.json("/api/samples").get("sheets").size() == 2);

    JsonNode sheet = http.json("/api/samples?model=digits").at("/sheets/1");
    HttpResponse<byte[]> file = http.bytes(sheet.get("url").asText());

    assertThat(sheet.get("offset").asLong()).isEqualTo(second);
    assertThat(sheet.get("step").asLong()).isEqualTo(200);
    assertThat(sheet.get("images").asLong()).isEqualTo(12_800);
    assertThat(file.headers().firstValue("content-type")).contains("image/png");
    assertThat(file.headers().firstValue("cache-control").orElse("")).contains("immutable");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.body()));
    assertThat(picture.getRaster().getSample(3, 3, 0)).isEqualTo(150);
    assertThat(http.json("/api/samples?model=other").get("sheets")).isEmpty();
  }

  @Test
  void givenARunningPipelineThenItsStatusIsThatOfItsTopics() throws Exception {
    Await.until(() -> part("producer").get("why").asText().equals("No image has come yet."));
    training.create();
    for (int position = 0; position < 200; position++) {
      training.image(position);
    }
    training.step(2);
    publish(1);

    Await.until(() -> http.json("/api/status").at("/images/position").asLong() == 200);
    Await.until(() -> http.json("/api/status").at("/training/step").asLong() == 2);
    JsonNode status = http.json("/api/status");
    assertThat(part("broker").get("state").asText()).isEqualTo("up");
    assertThat(part("producer").get("state").asText()).isEqualTo("up");
    assertThat(part("trainer").get("state").asText()).isEqualTo("up");
    Await.until(() -> part("generator").get("state").asText().equals("up"));
    assertThat(status.at("/training/imagesSeen").asLong()).isEqualTo(128);
    assertThat(status.at("/training/perSecond").asDouble()).isEqualTo(640.5);
    assertThat(status.at("/served/step").asLong()).isEqualTo(100);
    assertThat(status.at("/served/stalenessMs").asLong()).isPositive();
    assertThat(status.at("/swaps/served").asLong()).isEqualTo(1);
    assertThat(status.at("/collapses/count").asInt()).isZero();

    training.event(
        "{\"type\":\"collapse\",\"model\":\"digits\",\"explanation\":\"it drew ones only\"}");
    Await.until(() -> http.json("/api/status").at("/collapses/count").asInt() == 1);
    assertThat(http.json("/api/status").at("/collapses/newest").asText())
        .isEqualTo("it drew ones only");
  }

  @Test
  void givenABrokerThatStopsThenItIsDownAndComesBack() throws Exception {
    training.create();
    training.step(20);
    Await.until(() -> http.json("/api/status").at("/training/step").asLong() == 20);
    Await.until(() -> part("broker").get("state").asText().equals("up"));
    int port = broker.port();

    broker.close();
    Await.until(() -> part("broker").get("state").asText().equals("down"));
    assertThat(part("trainer").get("state").asText()).isEqualTo("waiting");
    broker = LocalBroker.start(brokerFolder, port);

    Await.until(() -> part("broker").get("state").asText().equals("up"));
    try (Followed followed = new Followed("Last-Event-ID", "0")) {
      training.step(40);
      assertThat(followed.next()).isEqualTo("id: 1");
    }
  }

  private void publish(long version) {
    pipeline.publish(Checkpoints.of(MODEL, PRESET, version));
    Await.until(() -> http.json("/api/status").at("/served/version").asLong() == version);
  }

  private JsonNode part(String name) {
    return StreamSupport.stream(http.json("/api/status").get("parts").spliterator(), false)
        .filter(part -> part.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode assertError(String request, Integer... statuses) {
    HttpResponse<String> answer = http.post("/api/generate", request);
    assertThat(answer.statusCode()).as(answer.body()).isIn((Object[]) statuses);
    JsonNode failure = Http.parsed(answer);
    assertThat(failure.at("/error/code").asText()).isNotBlank();
    return failure;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
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
