package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ReplyAddressTest {
  private static final byte[] KEY = {1};

  private final Headers headers = new RecordHeaders();

  @Test
  void givenNoHeadersThenTheReplyGoesToTheDefaultTopicAsJson() {
    assertThat(address())
        .isEqualTo(new ReplyAddress("gan.replies", OptionalInt.empty(), KEY, null, false));
  }

  @Test
  void givenHeadersAsSpringSendsThemThenTheyAreHonoured() {
    headers.add("kafka_replyTopic", "gan.replies.mine".getBytes(UTF_8));
    headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(3).array());
    headers.add("kafka_correlationId", new byte[] {-1, 0, 7});

    ReplyAddress address = address();

    assertThat(address.topic()).isEqualTo("gan.replies.mine");
    assertThat(address.partition()).hasValue(3);
    assertThat(address.headers(ReplyAddress.JSON))
        .anySatisfy(
            header -> {
              assertThat(header.key()).isEqualTo("kafka_correlationId");
              assertThat(header.value()).containsExactly(-1, 0, 7);
            });
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
    return ReplyAddress.of(KEY, headers, "gan.replies");
  }

  private RequestException refusal() {
    return catchThrowableOfType(RequestException.class, this::address);
  }
}
