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
public final class TopicWatch {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin;
  private final String topic;
  private long nextCheck = System.nanoTime();
  private @Nullable Uuid id;
  private @Nullable String problem;
  private volatile boolean answers;
  private boolean exists;

  /**
   * A watch that has not looked yet.
   *
   * @param admin owned by the caller
   */
  public TopicWatch(Admin admin, String topic) {
    this.admin = admin;
    this.topic = topic;
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether a broker answered when it was asked last. */
  public boolean answers() {
    return answers;
  }

  /** Whether the topic was there when a broker answered last. */
  public boolean exists() {
    return exists;
  }

  /** Whether the topic has been deleted and created anew; asks the broker now and then. */
  public boolean recreated() throws InterruptedException {
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
      answers = true;
      exists = true;
      return Optional.of(current);
    } catch (TimeoutException e) {
      problem = "no broker answers";
      answers = false;
    } catch (ExecutionException e) {
      answers = !(e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException);
      exists = exists && !(e.getCause() instanceof UnknownTopicOrPartitionException);
      problem =
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? "there is no topic " + topic
              : "topic %s cannot be read: %s".formatted(topic, e.getCause());
    }
    return Optional.empty();
  }
}
