package io.github.kafkagan.generator.web.feed;

import io.github.kafkagan.generator.rollout.TopicWatch;
import io.github.kafkagan.pipeline.contract.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the training and the samples topic for as long as the process lives, from some way back:
 * a broker that is away, and topics that are not there yet or are created anew, are waited for.
 */
public final class EventFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Some hours of a quick trainer's events, read in a second or two. */
  private static final long EVENTS_BACK = 20_000;

  private static final long SHEETS_BACK = 500;
  private static final int EVENTS_KEPT = 2_000;
  private static final long EVENT_BYTES_KEPT = 2L << 20;
  private static final int SHEETS_KEPT = 400;
  private static final long SHEET_BYTES_KEPT = 24L << 20;

  private final History<TrainingRecord> events = new History<>(EVENTS_KEPT, EVENT_BYTES_KEPT);
  private final History<SampleSheet> sheets = new History<>(SHEETS_KEPT, SHEET_BYTES_KEPT);
  private final Map<String, Object> consumerProperties;
  private final List<TopicTail<?>> tails;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "event-feed");

  private EventFeed(
      Topics topics, Map<String, Object> clientProperties, Admin admin, MeterRegistry registry) {
    consumerProperties = TailConsumer.properties(clientProperties, "event-feed");
    String training = topics.training().name();
    String samples = topics.samples().name();
    Foreign foreign = new Foreign(registry, List.of(training, samples));
    tails =
        List.of(
            new TopicTail<>(
                training,
                new TopicWatch(admin, training),
                EVENTS_BACK,
                TrainingRecord::of,
                events,
                foreign),
            new TopicTail<>(
                samples,
                new TopicWatch(admin, samples),
                SHEETS_BACK,
                SampleSheet::of,
                sheets,
                foreign));
  }

  /**
   * Starts following.
   *
   * @param clientProperties for every Kafka client
   * @param admin owned by the caller
   */
  public static EventFeed start(
      Topics topics, Map<String, Object> clientProperties, Admin admin, MeterRegistry registry) {
    EventFeed feed = new EventFeed(topics, clientProperties, admin, registry);
    feed.thread.start();
    return feed;
  }

  /** What the trainers told of training. */
  public History<TrainingRecord> events() {
    return events;
  }

  /** What their checkpoints made of fixed latent vectors. */
  public History<SampleSheet> sheets() {
    return sheets;
  }

  private void run() {
    try {
      while (!closed(Duration.ZERO)) {
        try {
          follow();
        } catch (RuntimeException e) {
          // Whatever it was, reading again from some way back is right.
          log.atWarn().addKeyValue("reason", e.getMessage()).log("Reading for the page failed");
          boolean unused = closed(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      log.atError().log("The event feed was interrupted");
    }
  }

  private void follow() throws InterruptedException {
    Consumer<byte @Nullable [], byte @Nullable []> consumer =
        new KafkaConsumer<>(consumerProperties);
    tails.forEach(TopicTail::forgetPosition);
    try {
      while (!closed(Duration.ZERO)) {
        List<TopicTail<?>> there = those();
        assign(consumer, there);
        if (there.isEmpty()) {
          boolean unused = closed(PAUSE);
          continue;
        }
        there.forEach(tail -> tail.position(consumer));
        ConsumerRecords<byte @Nullable [], byte @Nullable []> polled = consumer.poll(POLL);
        there.forEach(tail -> tail.accept(consumer, polled));
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private List<TopicTail<?>> those() throws InterruptedException {
    List<TopicTail<?>> there = new ArrayList<>();
    for (TopicTail<?> tail : tails) {
      if (tail.isThere()) {
        there.add(tail);
      }
    }
    return there;
  }

  private static void assign(Consumer<?, ?> consumer, List<TopicTail<?>> there) {
    Set<TopicPartition> wanted = new HashSet<>();
    there.forEach(tail -> wanted.add(tail.partition()));
    if (!consumer.assignment().equals(wanted)) {
      consumer.assign(wanted);
      there.forEach(TopicTail::forgetPosition);
    }
  }

  private boolean closed(Duration patience) throws InterruptedException {
    return stopping.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops following, and ends everybody's waiting for more. */
  @Override
  public void close() {
    stopping.countDown();
    events.close();
    sheets.close();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
