package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import io.github.kafkagan.pipeline.contract.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyRouterTest {
  private static final Topics TOPICS = new Topics("gan.");
  private static final Map<String, TopicLimits> EXISTING =
      Map.of(
          "gan.replies", new TopicLimits(4, 1000, false),
          "gan.replies.mine", new TopicLimits(2, 500, false),
          "gan.checkpoints", new TopicLimits(1, 1000, false),
          "gan.replies.compacted", new TopicLimits(2, 500, true),
          "elsewhere", new TopicLimits(1, 1000, false));

  @Test
  void givenNoHeadersThenTheDefaultTopicIsTheRoute() {
    ReplyRoute route = route(null, new RecordHeaders());

    assertThat(route.refused()).isEmpty();
    assertThat(route.address().topic()).isEqualTo("gan.replies");
    assertThat(route.limits()).isEqualTo(new TopicLimits(4, 1000, false));
  }

  @Test
  void givenATopicOfTheSameNameWithMoreBehindItThenItIsAllowed() {
    ReplyRoute route = route(null, to("gan.replies.mine", "1"));

    assertThat(route.refused()).isEmpty();
    assertThat(route.address().topic()).isEqualTo("gan.replies.mine");
    assertThat(route.address().partition()).hasValue(1);
    assertThat(route.limits().maxRecordBytes()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "gan.checkpoints,     reply-topic-refused",
    "gan.requests,        reply-topic-refused",
    "elsewhere,           reply-topic-refused",
    "__consumer_offsets,  reply-topic-refused",
    "gan.replies.nowhere, reply-topic-refused",
    "gan.replies/../x,    reply-topic-refused",
    "'',                  reply-topic-refused"
  })
  void givenATopicThatIsNotAllowedOrNotThereThenTheDefaultTopicIsTold(String topic, String code) {
    ReplyRoute route = route(null, to(topic, "0"));

    assertThat(route.refused().orElseThrow().code().code()).isEqualTo(code);
    assertThat(route.address().topic()).isEqualTo("gan.replies");
    assertThat(route.address().partition()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "99", "2", "x"})
  void givenAPartitionThatIsNotThereThenTheDefaultTopicIsTold(String partition) {
    ReplyRoute route = route(null, to("gan.replies.mine", partition));

    assertThat(route.refused().orElseThrow().code()).isEqualTo(ErrorCode.REPLY_PARTITION_REFUSED);
    assertThat(route.address().topic()).isEqualTo("gan.replies");
  }

  @Test
  void givenACompactedTopicThenARequestWithoutKeyIsToldSo() {
    Headers headers = to("gan.replies.compacted", "0");

    assertThat(route(null, headers).refused().orElseThrow())
        .hasMessageContaining("takes no reply to a request without a key")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.REPLY_TOPIC_REFUSED);
    assertThat(router(null).route(request(new byte[] {1}, headers)).join().refused()).isEmpty();
  }

  @Test
  void givenAllTopicsAreAllowedThenThePipelinesOwnStillAreNot() {
    assertThat(route(".*", to("elsewhere", "0")).refused()).isEmpty();
    assertThat(route(".*", to("gan.checkpoints", "0")).refused()).isPresent();
  }

  @Test
  void givenABadExpressionThenThatIsSaid() {
    assertThatThrownBy(() -> ReplyPolicy.of(TOPICS, "("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--reply-topics is no regular expression");
  }

  private static Headers to(String topic, String partition) {
    return new RecordHeaders()
        .add("kafka_replyTopic", topic.getBytes(UTF_8))
        .add("kafka_replyPartition", partition.getBytes(UTF_8));
  }

  private static ReplyRoute route(@Nullable String allowed, Headers headers) {
    return router(allowed).route(request(null, headers)).join();
  }

  private static AnsweredRequest request(byte @Nullable [] key, Headers headers) {
    return AnsweredRequest.at("gan.requests", 0, 7, key, headers);
  }

  private static ReplyRouter router(@Nullable String allowed) {
    return new ReplyRouter(
        ReplyPolicy.of(TOPICS, allowed),
        topic ->
            CompletableFuture.completedFuture(EXISTING.getOrDefault(topic, TopicLimits.ABSENT)));
  }
}
