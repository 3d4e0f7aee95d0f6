package io.github.kafkagan.generator.reply;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out where a reply may go before anything is sent there: a partition that does not exist
 * would block the stream task for good, and a requester must not write into any topic it likes.
 */
public final class ReplyRouter {
  private final String defaultTopic;
  private final ReplyPolicy policy;
  private final TopicLookup topics;

  /**
   * A router.
   *
   * @param topics which topics there are
   */
  public ReplyRouter(ReplyPolicy policy, TopicLookup topics) {
    this.policy = policy;
    this.defaultTopic = policy.defaultTopic();
    this.topics = topics;
  }

  /** The route that a request's headers ask for; if it is refused, that to the default topic. */
  public CompletableFuture<ReplyRoute> route(AnsweredRequest request) {
    ReplyAddress address;
    try {
      address = ReplyAddress.of(request, defaultTopic);
      requireAllowed(address.topic());
    } catch (RequestException e) {
      return refused(request, e);
    }
    return topics
        .limits(address.topic())
        .thenCompose(
            limits ->
                problem(address, limits)
                    .map(problem -> refused(request, problem))
                    .orElseGet(() -> route(address, limits, Optional.empty())));
  }

  /** What a topic takes that replies do not go to. */
  public CompletableFuture<Long> maxRecordBytes(String topic) {
    return topics.limits(topic).thenApply(TopicLimits::maxRecordBytes);
  }

  private void requireAllowed(String topic) {
    if (!policy.allows(topic)) {
      throw new RequestException(
          ErrorCode.REPLY_TOPIC_REFUSED, "replies must not go to the topic that was asked for");
    }
  }

  private static Optional<RequestException> problem(ReplyAddress address, TopicLimits limits) {
    if (limits.partitions() == 0) {
      return Optional.of(
          new RequestException(
              ErrorCode.REPLY_TOPIC_REFUSED,
              "there is no topic %s that may be written to".formatted(address.topic())));
    }
    if (limits.keyed() && address.key() == null) {
      return Optional.of(
          new RequestException(
              ErrorCode.REPLY_TOPIC_REFUSED,
              "topic %s is compacted and takes no reply to a request without a key"
                  .formatted(address.topic())));
    }
    int partition = address.partition().orElse(0);
    if (partition < 0 || partition >= limits.partitions()) {
      return Optional.of(
          new RequestException(
              ErrorCode.REPLY_PARTITION_REFUSED,
              "topic %s has partitions 0 to %d, not %d"
                  .formatted(address.topic(), limits.partitions() - 1, partition)));
    }
    return Optional.empty();
  }

  private CompletableFuture<ReplyRoute> refused(AnsweredRequest request, RequestException problem) {
    ReplyAddress fallback = ReplyAddress.fallback(request, defaultTopic);
    return topics
        .limits(defaultTopic)
        .thenCompose(limits -> route(fallback, limits, Optional.of(problem)));
  }

  private static CompletableFuture<ReplyRoute> route(
      ReplyAddress address, TopicLimits limits, Optional<RequestException> problem) {
    return CompletableFuture.completedFuture(new ReplyRoute(address, limits, problem));
  }
}
