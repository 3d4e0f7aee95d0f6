package io.github.kafkagan.generator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Whether a topic is there, and still the one it was: a consumer tells neither. */
final class TopicWatch {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin;
  private final String topic;
  private long nextCheck = System.nanoTime();
  private @Nullable Uuid id;
  private @Nullable String problem;

  TopicWatch(Admin admin, String topic) {
    this.admin = admin;
    this.topic = topic;
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether the topic has been deleted and created anew; asks the broker now and then. */
  boolean recreated() throws InterruptedException {
    if (System.nanoTime() - nextCheck < 0) {
      return false;
    }
    Optional<Uuid> current = ask();
    nextCheck = System.nanoTime() + EVERY.toNanos();
    boolean another = id != null && current.isPresent() && !current.get().equals(id);
    id = current.orElse(id);
    return another;
  }

  private Optional<Uuid> ask() throws InterruptedException {
    try {
      Uuid current =
          requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .topicId();
      problem = null;
      return Optional.of(current);
    } catch (TimeoutException e) {
      problem = "no broker answers";
    } catch (ExecutionException e) {
      problem =
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? "there is no topic " + topic
              : "topic %s cannot be read: %s".formatted(topic, e.getCause());
    }
    return Optional.empty();
  }
}
