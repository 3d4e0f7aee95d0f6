package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationReply.Failure;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RequestTopologyTest {
  private static final byte[] KEY = {9};

  private final TestTopology topology = new TestTopology(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void givenARequestThenItsImagesComeUnderItsKeyAndNothingStaysPending() {
    send("{\"id\": \"a1\", \"count\": 3, \"seed\": 42, \"labels\": [7]}");

    TestRecord<byte[], byte[]> reply = reply("gan.replies");

    assertThat(reply.key()).isEqualTo(KEY);
    Images images = (Images) GenerationReply.read(reply.value());
    assertThat(images.id()).isEqualTo("a1");
    assertThat(images.source().step()).isEqualTo(100);
    assertThat(images.images()).hasSize(3);
    assertThat(images.labels()).containsExactly(7, 7, 7);
    assertThat(topology.pending()).isZero();
    assertThat(requestsCounted("ok")).isEqualTo(1);
    assertThat(topology.registry().get(MetricNames.GENERATOR_LATENCY).timer().count()).isEqualTo(1);
  }

  @Test
  void givenRequestsThenTheirRepliesAreEventsNamedAfterThem() {
    send("{}");
    TestRecord<byte[], byte[]> images = reply("gan.replies");
    send("{\"count\": 0}");
    TestRecord<byte[], byte[]> error = reply("gan.replies");

    assertThat(TestTopology.header(images, "ce_id")).isEqualTo("gan.requests-0-0");
    assertThat(TestTopology.header(images, "ce_type")).isEqualTo("io.github.kafkagan.images.v1");
    assertThat(TestTopology.header(images, "ce_subject")).isEqualTo("digits");
    assertThat(TestTopology.header(error, "ce_id")).isEqualTo("gan.requests-0-1");
    assertThat(TestTopology.header(error, "ce_type")).isEqualTo("io.github.kafkagan.error.v1");
  }

  @Test
  void givenAnEmptyObjectThenOneImageComes() {
    send("{}");

    Images images = (Images) GenerationReply.read(reply("gan.replies").value());

    assertThat(images.images()).hasSize(1);
  }

  @Test
  void givenARequestThatIsNotYetAnsweredThenItWaitsInTheStoreWithKeyAndHeaders() {
    topology.holdGenerator();
    RecordHeaders headers = new RecordHeaders();
    headers.add("kafka_correlationId", new byte[] {5});
    send("{\"id\": \"a1\"}", headers);

    topology.advance(Duration.ofMillis(20));

    assertThat(topology.output("gan.replies").isEmpty()).isTrue();
    ReceivedRequest request = topology.store().get(0L);
    assertThat(request.key()).isEqualTo(KEY);
    assertThat(request.value()).isEqualTo("{\"id\": \"a1\"}".getBytes(UTF_8));
    assertThat(request.headers().lastHeader("kafka_correlationId").value()).containsExactly(5);
    assertThat(topology.pending()).isEqualTo(1);
  }

  @Test
  void givenAnAnswerThenTheStoreRemembersThatNothingBeforeItIsOpen() {
    topology.holdGenerator();
    send("{\"id\": \"a1\"}");
    topology.advance(Duration.ofMillis(20));
    ReceivedRequest request = topology.store().get(0L);
    topology.releaseGenerator();
    topology.awaitNothingPending();

    // As from a broker that has missed the tombstone
    topology.store().put(0L, request);

    assertThat(new PendingStore(topology.store()).left()).isEmpty();
  }

  @Test
  void givenAMistakeThenTheErrorComesAtOnceAndNothingStaysPending() {
    send("{\"id\": \"a1\", \"count\": -1}");

    assertThat(failure("gan.replies"))
        .isEqualTo(
            new Failure(
                "a1",
                new GenerationReply.Problem(
                    ErrorCode.COUNT_OUT_OF_RANGE, "count must be 1 to 1024, was -1")));
    assertThat(topology.pending()).isZero();
    assertThat(requestsCounted("count-out-of-range")).isEqualTo(1);
  }

  @Test
  void givenTextThatCannotBeWrittenAgainThenTheErrorDoesNotRepeatIt() {
    for (String json :
        List.of(
            "{\"id\": \"\\ud800\"}",
            "{\"\\ud800\": 1}",
            "{\"format\": \"\\udfff\"}",
            "{\"model\": \"\\ud800\"}",
            "{\"count\": \"\\ud800\"}",
            "{\"" + "😀".repeat(100) + "\": 1}",
            "\"\\ud800\"",
            "\\ud800")) {
      send(json);
      assertThat(failure("gan.replies").error().message()).as(json).isNotBlank();
    }
  }

  @Test
  void givenHostileHeadersThenEachGetsAnErrorAndTheNextRequestIsAnswered() {
    for (String[] address :
        new String[][] {
          {"gan.checkpoints", "0"}, {"nowhere", "0"}, {"gan.replies", "99"}, {"gan.replies", "-1"}
        }) {
      send(
          "{}",
          new RecordHeaders()
              .add("kafka_replyTopic", address[0].getBytes(UTF_8))
              .add("kafka_replyPartition", address[1].getBytes(UTF_8)));
      assertThat(failure("gan.replies").error().code())
          .isIn(ErrorCode.REPLY_TOPIC_REFUSED, ErrorCode.REPLY_PARTITION_REFUSED);
    }

    send("{}");

    assertThat(GenerationReply.read(reply("gan.replies").value())).isInstanceOf(Images.class);
  }

  @Test
  void givenAReplyTopicThatIsAllowedThenTheReplyGoesThere() {
    send("{}", new RecordHeaders().add("kafka_replyTopic", "gan.replies.mine".getBytes(UTF_8)));

    assertThat(GenerationReply.read(reply("gan.replies.mine").value())).isInstanceOf(Images.class);
    assertThat(topology.output("gan.replies").isEmpty()).isTrue();
  }

  @Test
  void givenNoReplyTopicThatTakesTheErrorThenTheRequestIsRejected() {
    topology.limit("gan.replies", 50);

    send("not JSON");

    TestRecord<byte[], byte[]> rejection = reply("gan.rejected");
    assertThat(rejection.value()).isEqualTo("not JSON".getBytes(UTF_8));
    assertThat(rejection.key()).isEqualTo(KEY);
    assertThat(TestTopology.header(rejection, "topic")).isEqualTo("gan.requests");
    assertThat(TestTopology.header(rejection, "offset")).isEqualTo("0");
    assertThat(TestTopology.header(rejection, "reason")).contains("malformed-json");
    assertThat(requestsCounted("rejected")).isEqualTo(1);
  }

  @Test
  void givenARejectionThatDoesNotFitEitherThenItsHeadersStillSayWhereTheRequestIs() {
    topology.limit("gan.replies", 50);
    topology.limit("gan.rejected", 500);

    send("x".repeat(400));

    TestRecord<byte[], byte[]> rejection = reply("gan.rejected");
    assertThat(rejection.value()).isNull();
    assertThat(TestTopology.header(rejection, "offset")).isEqualTo("0");
  }

  @Test
  void givenAnOldTimestampThenTheReplyHasItsOwn() {
    topology.send(new TestRecord<>(KEY, "{}".getBytes(UTF_8), new RecordHeaders(), 0L));

    assertThat(reply("gan.replies").timestamp())
        .isGreaterThanOrEqualTo(TestTopology.START.toEpochMilli());
  }

  @Test
  void givenATimestampThatStreamsRefusesThenItIsNow() {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            "gan.requests",
            0,
            0L,
            -1L,
            TimestampType.CREATE_TIME,
            0,
            0,
            KEY,
            KEY,
            new RecordHeaders(),
            Optional.empty());

    assertThat(RequestTopology.timestamp(record, -1))
        .isCloseTo(System.currentTimeMillis(), within(10_000L));
  }

  @Test
  void givenRequestsOfManyBytesThenNoMoreAreTakenThanFitIntoMemory() {
    topology.holdGenerator();
    String padded = "{}" + " ".repeat(1 << 20);
    for (int i = 0; i < 7; i++) {
      send(padded);
    }

    long begin = System.nanoTime();
    send(padded);
    send(padded);

    // As long as one pass of the stream thread may wait, for answers that make room
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void givenATimestampOfTheFarFutureThenTheRequestIsAnswered() {
    topology.send(
        new TestRecord<>(KEY, "{}".getBytes(UTF_8), new RecordHeaders(), Long.MAX_VALUE / 2));

    assertThat(GenerationReply.read(reply("gan.replies").value())).isInstanceOf(Images.class);
  }

  @Test
  void givenManyRequestsThenEachGetsExactlyOneReply() {
    for (int i = 0; i < 500; i++) {
      send("{\"id\": \"%d\", \"count\": %d}".formatted(i, 1 + i % 10));
    }
    topology.awaitNothingPending();

    List<String> ids =
        topology.output("gan.replies").readValuesToList().stream()
            .map(GenerationReply::read)
            .map(GenerationReply::id)
            .toList();
    assertThat(ids).hasSize(500).doesNotHaveDuplicates();
  }

  private void send(String json) {
    send(json, new RecordHeaders());
  }

  private void send(String json, Headers headers) {
    topology.send(new TestRecord<>(KEY, json.getBytes(UTF_8), headers, TestTopology.START));
  }

  private TestRecord<byte[], byte[]> reply(String topic) {
    topology.awaitNothingPending();
    return topology.output(topic).readRecord();
  }

  private Failure failure(String topic) {
    return (Failure) GenerationReply.read(reply(topic).value());
  }

  private double requestsCounted(String outcome) {
    return topology
        .registry()
        .get(MetricNames.GENERATOR_REQUESTS)
        .tag(MetricNames.OUTCOME, outcome)
        .counter()
        .count();
  }
}
