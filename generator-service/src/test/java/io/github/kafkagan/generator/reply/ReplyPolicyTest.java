package io.github.kafkagan.generator.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyPolicyTest {
  private static final Topics TOPICS = new Topics("gan.");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gan.generator-service-pending-changelog",
        "gan.generator-service-anything",
        "__consumer_offsets",
        "__transaction_state",
        "",
        "../etc",
        "a topic"
      })
  void givenAPolicyThatAllowsEverythingThenNobodyReachesWhatOthersRemember(String topic) {
    assertThat(ReplyPolicy.of(TOPICS, ".*").allows(topic)).isFalse();
  }

  @Test
  void givenAPolicyThatAllowsEverythingThenThePipelinesOwnTopicsAreNotAmongIt() {
    ReplyPolicy policy = ReplyPolicy.of(TOPICS, ".*");

    for (TopicDefinition topic : TOPICS.all()) {
      assertThat(policy.allows(topic.name()))
          .as(topic.name())
          .isEqualTo(topic.name().equals("gan.replies"));
    }
    assertThat(policy.allows("shop.replies")).isTrue();
  }

  @Test
  void givenNoPolicyThenTopicsNamedLikeTheDefaultOneAreAllowed() {
    ReplyPolicy policy = ReplyPolicy.of(TOPICS, null);

    assertThat(policy.allows("gan.replies.shop")).isTrue();
    assertThat(policy.allows("ganxreplies")).isFalse();
    assertThat(policy.allows("shop.replies")).isFalse();
  }

  @Test
  void givenNoRegularExpressionThenThatIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplyPolicy.of(TOPICS, "("))
        .withMessageStartingWith("--reply-topics is no regular expression");
  }
}
