package io.github.kafkagan.generator.rollout;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the checkpoints topic from its beginning and serves what it brings, for as long as the
 * process lives: a broker that is away and a topic that is created anew are waited for.
 */
public final class Rollout implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Rollout.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final TopicPartition partition;
  private final Map<String, Object> consumerProperties;
  private final ServedModels models;
  private final Discriminators discriminators;
  private final RolloutLog log;
  private final GeneratorBuilder builder;
  private final TopicWatch watch;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "checkpoint-feed");
  private volatile boolean caughtUp;
  private volatile @Nullable String problem;

  private Rollout(
      Settings settings,
      ServedModels models,
      Discriminators discriminators,
      MeterRegistry registry,
      Admin admin) {
    this.partition = new TopicPartition(settings.topic(), 0);
    this.consumerProperties =
        TopicReader.properties(settings.clientProperties(), "checkpoint-feed");
    this.models = models;
    this.discriminators = discriminators;
    this.log = new RolloutLog(registry, models);
    this.builder = new GeneratorBuilder(settings.loader(), settings.warmUpImages(), models, log);
    this.watch = new TopicWatch(admin, settings.topic());
  }

  /**
   * What a rollout needs to know.
   *
   * @param topic the checkpoints topic
   * @param clientProperties for every Kafka client
   * @param warmUpImages images in the batch that a generator makes before it is served
   */
  public record Settings(
      String topic,
      Map<String, Object> clientProperties,
      GeneratorLoader loader,
      int warmUpImages) {}

  /**
   * Starts following the topic.
   *
   * @param models where generators are served, owned by the caller
   * @param discriminators where discriminators are kept, owned by the caller
   * @param admin owned by the caller
   */
  public static Rollout start(
      Settings settings,
      ServedModels models,
      Discriminators discriminators,
      MeterRegistry registry,
      Admin admin) {
    Rollout rollout = new Rollout(settings, models, discriminators, registry, admin);
    rollout.builder.start();
    rollout.thread.start();
    return rollout;
  }

  /** Whether all that the topic held at the start is being served or was refused. */
  public boolean bootstrapped() {
    return caughtUp && builder.idle();
  }

  /** Whether checkpoints are still being read and built. */
  public boolean isAlive() {
    return thread.isAlive() && builder.isAlive();
  }

  /** What keeps new checkpoints from coming; empty if nothing does. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether a broker answered when it was asked last. */
  public boolean brokerAnswers() {
    return watch.answers();
  }

  private void run() {
    try {
      while (!closed(Duration.ZERO)) {
        try {
          if (topicIsAsItWas()) {
            follow();
          } else {
            pause();
          }
        } catch (RuntimeException e) {
          // Whatever it was, reading the topic again from its beginning is right.
          tell("reading checkpoints failed: " + e.getMessage());
          pause();
        }
      }
    } catch (InterruptedException e) {
      logger.atError().log("The checkpoint feed was interrupted");
    }
  }

  /** Whether reading can go on; if the topic is another or away, it has to begin again. */
  private boolean topicIsAsItWas() throws InterruptedException {
    boolean recreated = watch.recreated();
    if (recreated) {
      builder.startAnew();
      logger.atInfo().addKeyValue("topic", partition.topic()).log("Topic was created anew");
    }
    watch.problem().ifPresent(this::tell);
    return !recreated && watch.problem().isEmpty();
  }

  private void follow() throws InterruptedException {
    Consumer<byte @Nullable [], byte @Nullable []> consumer =
        new KafkaConsumer<>(consumerProperties);
    try {
      CheckpointFeed feed = new CheckpointFeed(models, discriminators, builder, log);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (!closed(Duration.ZERO) && topicIsAsItWas()) {
        consumer.poll(POLL).forEach(feed::accept);
        tell(null);
        if (consumer.currentLag(partition).orElse(Long.MAX_VALUE) == 0) {
          feed.caughtUp();
          caughtUp = true;
        }
      }
    } finally {
      // Not the default half minute, which a broker that is away would take.
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void tell(@Nullable String now) {
    if (now != null && !now.equals(problem)) {
      logger.atWarn().addKeyValue("problem", now).log("Checkpoints do not come");
    } else if (now == null && problem != null) {
      logger.atInfo().log("Checkpoints come again");
    }
    problem = now;
  }

  private void pause() throws InterruptedException {
    boolean unused = closed(PAUSE);
  }

  private boolean closed(Duration patience) throws InterruptedException {
    return stopping.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops reading and building; what is served goes on being served. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    builder.close();
  }
}
