package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RequesterNameTest {
  private final Headers headers = new RecordHeaders();

  @Test
  void givenACloudEventThenItIsOfItsSource() {
    add("kafka_replyTopic", "gan.replies.mine");
    add("ce_source", "/shop");

    assertThat(RequesterName.of(headers, 3)).isEqualTo("ce_source /shop");
  }

  @Test
  void givenAReplyTopicThenItIsOfWhoReadsThat() {
    add("kafka_replyTopic", "gan.replies.mine");

    assertThat(RequesterName.of(headers, 3)).isEqualTo("kafka_replyTopic gan.replies.mine");
  }

  @Test
  void givenNeitherOrOneWithoutEndThenItIsOneOfItsPartition() {
    headers.add("ce_source", null);
    add("kafka_replyTopic", "x".repeat(10_000));

    assertThat(RequesterName.of(headers, 3)).isEqualTo("partition 3");
  }

  private void add(String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
