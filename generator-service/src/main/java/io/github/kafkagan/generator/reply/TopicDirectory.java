package io.github.kafkagan.generator.reply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics there are and what they take, remembered for a while. Asking does not block, and
 * while no broker answers it is asked again.
 */
public final class TopicDirectory implements TopicLookup {
  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);
  private static final Duration ABSENT_FOR = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MAX_REMEMBERED = 1000;
  private static final DescribeTopicsOptions OPTIONS =
      new DescribeTopicsOptions().includeAuthorizedOperations(true);

  private final Admin admin;
  private final long maxRequestBytes;
  private final Map<String, Entry> remembered = new LinkedHashMap<>();

  /** An answer, perhaps still on its way. */
  private record Entry(CompletableFuture<TopicLimits> limits, long asked) {
    boolean isFresh() {
      if (!limits.isDone()) {
        return true;
      }
      Duration lifetime = limits.join().partitions() == 0 ? ABSENT_FOR : KNOWN_FOR;
      return System.nanoTime() - asked < lifetime.toNanos();
    }
  }

  /**
   * An empty directory.
   *
   * @param admin owned by the caller
   * @param maxRequestBytes what our own producer takes at most
   */
  public TopicDirectory(Admin admin, long maxRequestBytes) {
    this.admin = admin;
    this.maxRequestBytes = maxRequestBytes;
  }

  @Override
  public synchronized CompletableFuture<TopicLimits> limits(String topic) {
    Entry entry = remembered.get(topic);
    if (entry == null || !entry.isFresh()) {
      entry = new Entry(ask(topic), System.nanoTime());
      remembered.remove(topic);
      remembered.put(topic, entry);
      if (remembered.size() > MAX_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    return entry.limits();
  }

  private CompletableFuture<TopicLimits> ask(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    CompletionStage<TopicDescription> description =
        requireNonNull(admin.describeTopics(List.of(topic), OPTIONS).topicNameValues().get(topic))
            .toCompletionStage();
    CompletionStage<Config> config =
        requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))
            .toCompletionStage();
    return description
        .thenCombine(config, this::limits)
        .toCompletableFuture()
        .exceptionallyCompose(failure -> absentOrAgain(topic, failure));
  }

  private TopicLimits limits(TopicDescription description, Config config) {
    if (!description.authorizedOperations().contains(AclOperation.WRITE)) {
      return TopicLimits.ABSENT;
    }
    long bytes = Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    return new TopicLimits(
        description.partitions().size(),
        Math.min(bytes, maxRequestBytes),
        policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private CompletionStage<TopicLimits> absentOrAgain(String topic, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RetriableException
        && !(cause instanceof UnknownTopicOrPartitionException)) {
      Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return CompletableFuture.supplyAsync(() -> topic, later).thenCompose(this::ask);
    }
    return CompletableFuture.completedFuture(TopicLimits.ABSENT);
  }
}
