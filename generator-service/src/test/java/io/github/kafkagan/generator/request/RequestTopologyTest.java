package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.reply.ReplyPolicy;
import io.github.kafkagan.generator.reply.ReplyRouter;
import io.github.kafkagan.generator.reply.TopicLimits;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationReply.Failure;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RequestTopologyTest {
  private static final Topics TOPICS = new Topics("gan.");
  private static final byte[] KEY = {9};
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Semaphore permits = new Semaphore(1000);
  private final ServedModels models =
      TestManifests.serving("digits", FakeGenerator.waitingFor(permits, 10));
  private final Sampler sampler =
      Sampler.start(
          new SamplerSettings(8, Duration.ofMillis(1), Duration.ofSeconds(10)),
          models,
          TestManifests.discriminators(),
          registry);
  private long repliesLimit = 10_000;
  private long rejectedLimit = 10_000;
  private final ReplyRouter router = new ReplyRouter(ReplyPolicy.of(TOPICS, null), this::limits);
  private final RequestTopology topology =
      new RequestTopology(
          "gan.requests",
          new Answering("gan.requests", "gan.rejected", router, sampler, Runnable::run),
          new RequestMetrics(registry));
  private final TopologyTestDriver driver =
      new TopologyTestDriver(topology.get(), new Properties(), START);
  private final TestInputTopic<byte[], byte[]> requests =
      driver.createInputTopic("gan.requests", new ByteArraySerializer(), new ByteArraySerializer());

  private CompletableFuture<TopicLimits> limits(String topic) {
    return CompletableFuture.completedFuture(
        switch (topic) {
          case "gan.replies" -> new TopicLimits(4, repliesLimit, false);
          case "gan.replies.mine" -> new TopicLimits(2, 10_000, false);
          case "gan.rejected" -> new TopicLimits(1, rejectedLimit, false);
          default -> TopicLimits.ABSENT;
        });
  }

  @AfterEach
  void close() {
    permits.release(1000);
    driver.close();
    sampler.close();
    models.close();
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
    assertThat(pending()).isZero();
    assertThat(requestsCounted("ok")).isEqualTo(1);
    assertThat(registry.get(MetricNames.GENERATOR_LATENCY).timer().count()).isEqualTo(1);
  }

  @Test
  void givenAnEmptyObjectThenOneImageComes() {
    send("{}");

    Images images = (Images) GenerationReply.read(reply("gan.replies").value());

    assertThat(images.images()).hasSize(1);
  }

  @Test
  void givenARequestThatIsNotYetAnsweredThenItWaitsInTheStoreWithKeyAndHeaders() {
    permits.drainPermits();
    RecordHeaders headers = new RecordHeaders();
    headers.add("kafka_correlationId", new byte[] {5});
    send("{\"id\": \"a1\"}", headers);

    driver.advanceWallClockTime(Duration.ofMillis(20));

    assertThat(output("gan.replies").isEmpty()).isTrue();
    try (KeyValueIterator<Long, ReceivedRequest> waiting = store().all()) {
      ReceivedRequest request = waiting.next().value;
      assertThat(request.key()).isEqualTo(KEY);
      assertThat(request.value()).isEqualTo("{\"id\": \"a1\"}".getBytes(UTF_8));
      assertThat(request.headers().lastHeader("kafka_correlationId").value()).containsExactly(5);
      assertThat(waiting.hasNext()).isFalse();
    }
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
    assertThat(pending()).isZero();
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
    assertThat(output("gan.replies").isEmpty()).isTrue();
  }

  @Test
  void givenNoReplyTopicThatTakesTheErrorThenTheRequestIsRejected() {
    repliesLimit = 50;

    send("not JSON");

    TestRecord<byte[], byte[]> rejection = reply("gan.rejected");
    assertThat(rejection.value()).isEqualTo("not JSON".getBytes(UTF_8));
    assertThat(rejection.key()).isEqualTo(KEY);
    assertThat(header(rejection, "topic")).isEqualTo("gan.requests");
    assertThat(header(rejection, "offset")).isEqualTo("0");
    assertThat(header(rejection, "reason")).contains("malformed-json");
    assertThat(requestsCounted("rejected")).isEqualTo(1);
  }

  @Test
  void givenARejectionThatDoesNotFitEitherThenItsHeadersStillSayWhereTheRequestIs() {
    repliesLimit = 50;
    rejectedLimit = 500;

    send("x".repeat(400));

    TestRecord<byte[], byte[]> rejection = reply("gan.rejected");
    assertThat(rejection.value()).isNull();
    assertThat(header(rejection, "offset")).isEqualTo("0");
  }

  @Test
  void givenAnOldTimestampThenTheReplyHasItsOwn() {
    requests.pipeInput(new TestRecord<>(KEY, "{}".getBytes(UTF_8), new RecordHeaders(), 0L));

    assertThat(reply("gan.replies").timestamp()).isGreaterThanOrEqualTo(START.toEpochMilli());
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
  void givenManyRequestsThenEachGetsExactlyOneReply() {
    for (int i = 0; i < 500; i++) {
      send("{\"id\": \"%d\", \"count\": %d}".formatted(i, 1 + i % 10));
    }
    awaitNothingPending();

    List<String> ids =
        output("gan.replies").readValuesToList().stream()
            .map(GenerationReply::read)
            .map(GenerationReply::id)
            .toList();
    assertThat(ids).hasSize(500).doesNotHaveDuplicates();
  }

  private void send(String json) {
    send(json, new RecordHeaders());
  }

  private void send(String json, Headers headers) {
    requests.pipeInput(new TestRecord<>(KEY, json.getBytes(UTF_8), headers, START));
  }

  private TestRecord<byte[], byte[]> reply(String topic) {
    awaitNothingPending();
    return output(topic).readRecord();
  }

  private void awaitNothingPending() {
    Await.until(
        () -> {
          driver.advanceWallClockTime(Duration.ofMillis(5));
          return pending() == 0;
        });
  }

  private Failure failure(String topic) {
    return (Failure) GenerationReply.read(reply(topic).value());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KeyValueStore<Long, ReceivedRequest> store() {
    return driver.getKeyValueStore(AnswerProcessor.STORE);
  }

  private int pending() {
    int count = 0;
    try (KeyValueIterator<Long, ReceivedRequest> waiting = store().all()) {
      for (; waiting.hasNext(); waiting.next()) {
        count++;
      }
    }
    return count;
  }

  private double requestsCounted(String outcome) {
    return registry
        .get(MetricNames.GENERATOR_REQUESTS)
        .tag(MetricNames.OUTCOME, outcome)
        .counter()
        .count();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
