package io.github.kafkagan.generator.reply;

import java.util.concurrent.CompletableFuture;

/** Knows what topics take. */
@FunctionalInterface
public interface TopicLookup {
  /** What this topic takes, {@link TopicLimits#ABSENT} if there is none; never fails. */
  CompletableFuture<TopicLimits> limits(String topic);
}
