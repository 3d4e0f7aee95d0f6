package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.Requester.header;
import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests and their replies, on a real broker, with real generators that nobody trained. */
@Timeout(120)
@ExtendWith(OnOneBroker.class)
class RepliesIT {
  private final LocalBroker broker;
  private RunningService running;
  private TestPipeline pipeline;
  private Requester requester;

  RepliesIT(LocalBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void startService() throws Exception {
    running = new RunningService(broker.bootstrapServers(), Serving.latest());
    pipeline = running.pipeline();
    requester = running.requester();
  }

  @AfterEach
  void stopService() {
    running.close();
  }

  @Test
  void givenNoCheckpointThenThatIsTheReplyAndHealthSaysSo() {
    requester.ask("early", "\"count\": 2, \"deadlineMs\": 500");

    assertThat(requester.failure("early").error().code()).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(running.service().readiness().ready()).isFalse();
    assertThat(running.service().readiness().reason())
        .isEqualTo("model digits has no checkpoint yet that can be served");
  }

  @Test
  void givenACheckpointThenImagesOfItComeInEveryFormat() throws Exception {
    running.publish(1);

    requester.ask("png", "\"count\": 2, \"seed\": 42, \"labels\": [7]");
    requester.ask("grid", "\"count\": 9, \"format\": \"grid\"");
    requester.ask("u8", "\"count\": 2, \"seed\": 42, \"labels\": [7], \"format\": \"u8\"");
    requester.ask("file", "\"count\": 4", header("accept", "image/png"));

    Images png = requester.images("png");
    assertThat(png.model()).isEqualTo(MODEL);
    assertThat(png.source().step()).isEqualTo(100);
    assertThat(png.source().imagesSeen()).isEqualTo(6400);
    assertThat(png.source().sha256()).hasSize(64);
    assertThat(png.images()).hasSize(2);
    assertThat(requester.images("grid").images()).hasSize(1);
    assertThat(requester.images("u8").images()).hasSize(2);
    ConsumerRecord<byte[], byte[]> file = requester.reply("file");
    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(file.value()));
    assertThat(sheet.getWidth()).isGreaterThanOrEqualTo(2 * 28);
    assertThat(new String(file.headers().lastHeader("step").value(), UTF_8)).isEqualTo("100");
    assertThat(running.service().readiness().reason()).isEqualTo("serving model digits, step 100");
  }

  @Test
  void givenTheSameSeedThenTheImagesAreTheSameAlsoAmongACrowd() {
    running.publish(1);
    requester.ask("alone", "\"count\": 3, \"seed\": 42, \"format\": \"u8\"");
    Images alone = requester.images("alone");

    for (int i = 0; i < 200; i++) {
      requester.ask("crowd" + i, "\"count\": %d, \"seed\": %d".formatted(1 + i % 7, 1000 + i));
      requester.ask("among" + i, "\"count\": 3, \"seed\": 42, \"format\": \"u8\"");
    }

    for (int i = 0; i < 200; i++) {
      assertThat(requester.images("among" + i).images()).isEqualTo(alone.images());
      assertThat(requester.images("among" + i).labels()).isEqualTo(alone.labels());
    }
    assertThat(requester.images("crowd0").seed()).isEqualTo(1000);
  }

  @Test
  void givenHostileRequestsThenEachGetsAnErrorAndTheNextIsAnswered() throws Exception {
    running.publish(1);
    String small = pipeline.topics().replies().name() + "-small";
    pipeline.create(small, 1, Map.of("max.message.bytes", "1500"));
    String checkpoints = pipeline.topics().checkpoints().name();

    requester.ask("foreign", "", header("kafka_replyTopic", checkpoints));
    requester.ask(
        "absent", "", header("kafka_replyTopic", pipeline.topics().replies().name() + "-absent"));
    requester.ask("negative", "", header("kafka_replyPartition", "-1"));
    requester.ask("beyond", "", header("kafka_replyPartition", "99"));
    requester.ask("large", "\"count\": 1024, \"format\": \"u8\"");
    requester.send("malformed", "{");
    requester.ask("unknown", "\"model\": \"cats\"");
    requester.ask("label", "\"labels\": [10]");
    try (Requester other = new Requester(pipeline, small)) {
      other.ask("small", "\"count\": 50", header("kafka_replyTopic", small));
      assertThat(other.failure("small").error().code()).isEqualTo(ErrorCode.REPLY_TOO_LARGE);
    }

    assertThat(running.code("foreign")).isEqualTo(ErrorCode.REPLY_TOPIC_REFUSED);
    assertThat(running.code("absent")).isEqualTo(ErrorCode.REPLY_TOPIC_REFUSED);
    assertThat(running.code("negative")).isEqualTo(ErrorCode.REPLY_PARTITION_REFUSED);
    assertThat(running.code("beyond")).isEqualTo(ErrorCode.REPLY_PARTITION_REFUSED);
    assertThat(running.code("large")).isEqualTo(ErrorCode.REPLY_TOO_LARGE);
    assertThat(running.code("malformed")).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(running.code("unknown")).isEqualTo(ErrorCode.UNKNOWN_MODEL);
    assertThat(running.code("label")).isEqualTo(ErrorCode.LABEL_OUT_OF_RANGE);
    requester.ask("next", "\"count\": 2");
    assertThat(requester.images("next").images()).hasSize(2);
    assertThat(requester.answeredTwice()).isEmpty();
  }

  @Test
  void givenHeadersOfSpringOfTracesAndOfCloudEventsThenTheReplyHasThem() {
    running.publish(1);
    String replies = pipeline.topics().replies().name();
    byte[] correlation = {0, -1, -128, 127};
    byte[] partition = {0, 0, 0, 2};
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    requester.ask(
        "spring",
        "",
        new RecordHeader("kafka_replyTopic", replies.getBytes(UTF_8)),
        new RecordHeader("kafka_replyPartition", partition),
        new RecordHeader("kafka_correlationId", correlation),
        header("traceparent", trace),
        header("ce_id", "the request's own"),
        header("ce_partitionkey", "a"));

    ConsumerRecord<byte[], byte[]> reply = requester.reply("spring");
    assertThat(reply.partition()).isEqualTo(2);
    assertThat(reply.headers().lastHeader("kafka_correlationId").value()).isEqualTo(correlation);
    assertThat(text(reply, "traceparent")).isEqualTo(trace);
    assertThat(text(reply, "ce_partitionkey")).isEqualTo("a");
    assertThat(text(reply, "ce_subject")).isEqualTo(MODEL);
    assertThat(text(reply, "ce_id")).matches(pipeline.topics().requests().name() + "-[0-3]-\\d+");
  }

  @Test
  void givenMoreToRepeatThanATopicTakesThenTheErrorComesWithoutIt() throws Exception {
    running.publish(1);
    String small = pipeline.topics().replies().name() + "-small";
    pipeline.create(small, 1, Map.of("max.message.bytes", "1000"));
    Header[] headers = new Header[200];
    headers[0] = header("kafka_replyTopic", small);
    for (int i = 1; i < headers.length; i++) {
      headers[i] = header("ce_x" + i, "x".repeat(500));
    }

    try (Requester other = new Requester(pipeline, small)) {
      other.ask("much", "\"count\": 0", headers);

      assertThat(other.failure("much").error().code()).isEqualTo(ErrorCode.COUNT_OUT_OF_RANGE);
      assertThat(other.reply("much").headers().lastHeader("ce_x1")).isNull();
    }
  }

  @Test
  void givenAsManyImagesAsFitThenTheBrokerTakesTheReply() throws Exception {
    running.publish(1);
    String small = pipeline.topics().replies().name() + "-small";
    pipeline.create(small, 1, Map.of("max.message.bytes", "20000"));
    try (Requester other = new Requester(pipeline, small)) {
      String fields = "\"count\": %d, \"seed\": 1, \"format\": \"u8\"";
      other.ask("large", fields.formatted(100), header("kafka_replyTopic", small));
      String message = other.failure("large").error().message();
      int fit = Integer.parseInt(message.replaceFirst(".*; (\\d+) do", "$1"));

      other.ask("fitting", fields.formatted(fit), header("kafka_replyTopic", small));

      assertThat(other.images("fitting").images()).hasSize(fit);
      assertThat(fit).isBetween(15, 19);
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), UTF_8);
  }
}
