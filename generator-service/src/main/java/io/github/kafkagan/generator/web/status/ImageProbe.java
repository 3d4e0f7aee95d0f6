package io.github.kafkagan.generator.web.status;

import io.github.kafkagan.generator.rollout.TopicWatch;
import io.github.kafkagan.generator.web.feed.TailConsumer;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A thread that looks every second whether the broker answers, and how far the images topic has
 * got. Offsets also count the ends of transactions, so it is the newest records that say which
 * image of the stream they are.
 */
public final class ImageProbe implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration READ = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** More than the ends of transactions that follow each other without an image between them. */
  private static final int LAST_RECORDS = 20;

  private final String topic;
  private final Map<String, Object> consumerProperties;
  private final TopicWatch watch;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "image-probe");
  private Pace pace = new Pace(WINDOW);
  private Map<TopicPartition, Long> ends = Map.of();
  private volatile ImageStream stream = ImageStream.unknown();

  private ImageProbe(String topic, Map<String, Object> clientProperties, Admin admin) {
    this.topic = topic;
    this.consumerProperties = TailConsumer.properties(clientProperties, "image-probe");
    this.watch = new TopicWatch(admin, topic);
  }

  /**
   * Starts looking.
   *
   * @param topic the images topic
   * @param clientProperties for every Kafka client
   * @param admin owned by the caller
   */
  public static ImageProbe start(String topic, Map<String, Object> clientProperties, Admin admin) {
    ImageProbe probe = new ImageProbe(topic, clientProperties, admin);
    probe.thread.start();
    return probe;
  }

  /** What was found last. */
  public ImageStream stream() {
    return stream;
  }

  private void run() {
    try (Closing consumer = new Closing(new KafkaConsumer<>(consumerProperties))) {
      do {
        look(consumer.consumer());
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes a consumer without the half minute that a broker that is away would take. */
  private record Closing(Consumer<byte @Nullable [], byte @Nullable []> consumer)
      implements AutoCloseable {
    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void look(Consumer<byte @Nullable [], byte @Nullable []> consumer)
      throws InterruptedException {
    if (watch.recreated()) {
      forget();
    }
    if (!watch.answers()) {
      stream = stream.unanswered();
    } else if (!watch.exists()) {
      forget();
      stream = new ImageStream(true, false, Optional.empty(), 0, 0);
    } else {
      try {
        read(consumer);
      } catch (KafkaException e) {
        // What keeps it from being read is what the watch is asked in a moment.
        stream = stream.unanswered();
      }
    }
  }

  private void forget() {
    pace = new Pace(WINDOW);
    ends = Map.of();
    stream = new ImageStream(true, true, Optional.empty(), 0, 0);
  }

  private void read(Consumer<byte @Nullable [], byte @Nullable []> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(found -> new TopicPartition(topic, found.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
    if (!now.equals(ends)) {
      readLast(consumer, now);
      ends = Map.copyOf(now);
    }
    pace.read(System.nanoTime(), stream.position().orElse(0L));
    stream =
        new ImageStream(true, true, stream.position(), stream.newestTimestamp(), pace.perSecond());
  }

  private void readLast(
      Consumer<byte @Nullable [], byte @Nullable []> consumer, Map<TopicPartition, Long> now) {
    now.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - LAST_RECORDS)));
    long position = -1;
    long timestamp = stream.newestTimestamp();
    long deadline = System.nanoTime() + READ.toNanos();
    while (!isRead(consumer, now) && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte @Nullable [], byte @Nullable []> image : consumer.poll(POLL)) {
        OptionalLong place = ImageRecord.position(image.key());
        position = Math.max(position, place.orElse(-1));
        // Clocks differ, and what came from the future would be the newest for a long time.
        timestamp = Math.max(timestamp, Math.min(image.timestamp(), System.currentTimeMillis()));
      }
    }
    // Images of foreign producers have no place in the stream; offsets are all there is to count.
    long counted = now.values().stream().mapToLong(Long::longValue).sum();
    long images = position >= 0 ? position + 1 : counted;
    stream =
        new ImageStream(
            true, true, images == 0 ? Optional.empty() : Optional.of(images), timestamp, 0);
  }

  private static boolean isRead(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> reached = new HashMap<>();
    ends.forEach((partition, end) -> reached.put(partition, consumer.position(partition)));
    return ends.entrySet().stream()
        .allMatch(end -> reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
