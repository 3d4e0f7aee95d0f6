package io.github.kafkagan.generator.reply;

import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which topics a requester may have the reply sent to. */
public final class ReplyPolicy {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private final String defaultTopic;
  private final Set<String> forbidden;
  private final List<String> forbiddenBeginnings;
  private final Pattern allowed;

  private ReplyPolicy(Topics topics, Pattern allowed) {
    this.defaultTopic = topics.replies().name();
    this.forbidden =
        topics.all().stream()
            .map(TopicDefinition::name)
            .filter(name -> !name.equals(defaultTopic))
            .collect(Collectors.toUnmodifiableSet());
    // Those in which this service, and the broker, keep what they have to remember.
    this.forbiddenBeginnings = List.of(topics.prefix() + "generator-service-", "__");
    this.allowed = allowed;
  }

  /**
   * A policy.
   *
   * @param names what the topics' names match; those that begin as the replies topic if null. The
   *     pipeline's own other topics, this service's and the broker's internal ones are never among
   *     them
   * @throws IllegalArgumentException if that is no regular expression
   */
  public static ReplyPolicy of(Topics topics, @Nullable String names) {
    if (names == null) {
      return new ReplyPolicy(
          topics, Pattern.compile(Pattern.quote(topics.replies().name()) + ".*"));
    }
    try {
      return new ReplyPolicy(topics, Pattern.compile(names));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--reply-topics is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Where replies go that no header sends elsewhere. */
  String defaultTopic() {
    return defaultTopic;
  }

  boolean allows(String topic) {
    return topic.equals(defaultTopic)
        || (LEGAL.matcher(topic).matches()
            && allowed.matcher(topic).matches()
            && !forbidden.contains(topic)
            && forbiddenBeginnings.stream().noneMatch(topic::startsWith));
  }
}
