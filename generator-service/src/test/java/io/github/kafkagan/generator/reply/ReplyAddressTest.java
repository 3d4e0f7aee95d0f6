package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyAddressTest {
  private static final byte[] KEY = {1};

  /** As Spring sends it by default: 16 bytes of a UUID, which are no text. */
  private static final byte[] CORRELATION =
      ByteBuffer.allocate(16).putLong(-1).putLong(Long.MIN_VALUE).array();

  private final Headers headers = new RecordHeaders();

  @Test
  void givenNoHeadersThenTheReplyGoesToTheDefaultTopicAsJson() {
    assertThat(address())
        .isEqualTo(
            new ReplyAddress(
                "gan.replies", OptionalInt.empty(), KEY, "requests-1-2", null, List.of(), false));
  }

  @Test
  void givenHeadersAsSpringSendsThemThenTheyAreHonoured() {
    headers.add("kafka_replyTopic", "gan.replies.mine".getBytes(UTF_8));
    headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(3).array());
    headers.add("kafka_correlationId", CORRELATION);

    ReplyAddress address = address();

    assertThat(address.topic()).isEqualTo("gan.replies.mine");
    assertThat(address.partition()).hasValue(3);
    assertThat(sent(address, null)).contains(new RecordHeader("kafka_correlationId", CORRELATION));
  }

  @Test
  void givenAnythingThenTheReplyIsACloudEventOfItsOwn() {
    headers.add("ce_id", "of the request".getBytes(UTF_8));
    headers.add("ce_partitionkey", "a".getBytes(UTF_8));

    Map<String, String> sent = new TreeMap<>();
    for (Header header : sent(address(), "digits")) {
      sent.put(header.key(), new String(header.value(), UTF_8));
    }

    assertThat(Instant.parse(sent.remove("ce_time")))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(sent)
        .isEqualTo(
            Map.of(
                "content-type", "application/json",
                "ce_specversion", "1.0",
                "ce_id", "requests-1-2",
                "ce_source", "/kafka-gan/generator-service",
                "ce_type", "io.github.kafkagan.images.v1",
                "ce_subject", "digits",
                "ce_partitionkey", "a"));
    assertThat(sent(address().withoutEchoes(), null))
        .extracting(Header::key)
        .doesNotContain("ce_partitionkey", "ce_subject");
  }

  @Test
  void givenAPartitionAsTextThenItIsRead() {
    headers.add("kafka_replyPartition", "12".getBytes(UTF_8));

    assertThat(address().partition()).hasValue(12);
  }

  @Test
  void givenAPartitionThatIsNoNumberThenItIsRefused() {
    headers.add("kafka_replyPartition", "first".getBytes(UTF_8));

    assertThat(refusal().code()).isEqualTo(ErrorCode.REPLY_PARTITION_REFUSED);
  }

  @Test
  void givenWhatIsAcceptedThenTheReplyIsThat() {
    headers.add("accept", "image/png".getBytes(UTF_8));
    assertThat(address().png()).isTrue();

    headers.add("accept", "application/json".getBytes(UTF_8));
    assertThat(address().png()).isFalse();

    headers.add("accept", "*/*".getBytes(UTF_8));
    assertThat(address().png()).isFalse();
  }

  @Test
  void givenATypeThatRepliesAreNotThenItIsRefused() {
    headers.add("accept", "image/jpeg".getBytes(UTF_8));

    assertThat(refusal().code()).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
  }

  private ReplyAddress address() {
    return ReplyAddress.of(AnsweredRequest.at("requests", 1, 2, KEY, headers), "gan.replies");
  }

  private static List<Header> sent(ReplyAddress address, @Nullable String subject) {
    return address.headers(ReplyAddress.JSON, CloudEvent.IMAGES, subject);
  }

  private RequestException refusal() {
    return catchThrowableOfType(RequestException.class, this::address);
  }
}
