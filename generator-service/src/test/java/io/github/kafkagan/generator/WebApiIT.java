package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.generator.web.http.Http;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's API of a service on a real broker, with real generators that nobody trained. */
@Timeout(120)
@ExtendWith(OnOneBroker.class)
class WebApiIT {
  private final LocalBroker broker;
  private RunningPage running;
  private TestPipeline pipeline;
  private TrainingTopics training;
  private Http http;

  WebApiIT(LocalBroker broker) {
    this.broker = broker;
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
  void givenTheSameRequestByTopicAndByHttpThenTheImagesAreTheSame() throws Exception {
    running.publish(1);
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
    running.publish(1);

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
    running.publish(1);
    running.publish(2);

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
    running.publish(1);
    assertThat(assertError("{\"id\": \"x\", \"labels\": [10]}", 400).get("id").asText())
        .isEqualTo("x");
    assertError("{\"checkpoint\": {\"step\": 7}}", 404);
    assertError("{\"model\": \"none\"}", 404);
    assertThat(http.json("/api/status").at("/httpRequests/label-out-of-range").asLong())
        .isEqualTo(1);
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
    Await.until(
        () -> running.part("producer").get("why").asText().equals("No image has come yet."));
    training.create();
    for (int position = 0; position < 200; position++) {
      training.image(position);
    }
    training.step(2);
    running.publish(1);

    Await.until(() -> http.json("/api/status").at("/images/position").asLong() == 200);
    Await.until(() -> http.json("/api/status").at("/training/step").asLong() == 2);
    JsonNode status = http.json("/api/status");
    assertThat(running.part("broker").get("state").asText()).isEqualTo("up");
    assertThat(running.part("producer").get("state").asText()).isEqualTo("up");
    assertThat(running.part("trainer").get("state").asText()).isEqualTo("up");
    Await.until(() -> running.part("generator").get("state").asText().equals("up"));
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
}
