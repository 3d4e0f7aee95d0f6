package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the images topic beside training, and has the next mini-batches ready.
 *
 * <p>Partitions are assigned, never subscribed: a rebalance would rewind the position under weights
 * that are already ahead, and images would be trained on twice.
 */
public final class ImageStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageStream.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int BATCHES_AHEAD = 4;
  private static final int RECORDS_AHEAD = 8192;

  private final Consumer<byte @Nullable [], byte @Nullable []> consumer;
  private final Producer<byte[], byte[]> rejections;
  private final Settings settings;
  private final TrainerMetrics metrics;
  private final List<TopicPartition> partitions;
  private final StreamOrder order;
  private final BatchBuilder batches;
  private final BlockingQueue<StreamBatch> ready = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread = new Thread(this::run, "ingest");
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;
  private boolean trainable;
  private boolean rejectedBefore;

  /**
   * What to read and how.
   *
   * @param batchSize images of a mini-batch
   */
  public record Settings(
      String topic,
      String rejectedTopic,
      ImageReader reader,
      int batchSize,
      MissingOffsets onMissing) {}

  private ImageStream(
      Consumer<byte @Nullable [], byte @Nullable []> consumer,
      Producer<byte[], byte[]> rejections,
      Settings settings,
      StreamPosition from,
      TrainerMetrics metrics) {
    this.consumer = consumer;
    this.rejections = rejections;
    this.settings = settings;
    this.metrics = metrics;
    partitions =
        IntStream.range(0, consumer.partitionsFor(settings.topic()).size())
            .mapToObj(partition -> new TopicPartition(settings.topic(), partition))
            .toList();
    order = new StreamOrder(partitions.size(), from.nextPosition());
    batches = new BatchBuilder(settings.reader(), settings.batchSize(), from);
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long offset = from.offsets().get(partition.partition());
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  /**
   * Starts reading.
   *
   * @param consumer read_committed, with {@code auto.offset.reset=none}; closed with the stream
   * @param rejections where unreadable records go; closed with the stream
   * @param from the first image to train on
   */
  public static ImageStream open(
      Consumer<byte @Nullable [], byte @Nullable []> consumer,
      Producer<byte[], byte[]> rejections,
      Settings settings,
      StreamPosition from,
      TrainerMetrics metrics) {
    ImageStream stream = new ImageStream(consumer, rejections, settings, from, metrics);
    stream.thread.start();
    return stream;
  }

  /**
   * The next mini-batch; null if the stream has no whole one within the time.
   *
   * @throws RuntimeException what ended the reading, if something did
   */
  public @Nullable StreamBatch next(Duration timeout) throws InterruptedException {
    StreamBatch batch = ready.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    RuntimeException ended = failure;
    if (batch == null && ended != null) {
      throw ended;
    }
    return batch;
  }

  private void run() {
    try (consumer;
        rejections) {
      while (!closed) {
        poll();
        drain();
        holdBack();
      }
    } catch (WakeupException e) {
      // Closing.
    } catch (RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    try {
      consumer.poll(POLL).forEach(order::add);
    } catch (OffsetOutOfRangeException e) {
      Set<TopicPartition> lost = e.offsetOutOfRangePartitions().keySet();
      if (settings.onMissing() == MissingOffsets.FAIL) {
        throw UserError.failed(
            "images not yet trained on are gone from %s: retention deleted them, or the topic was re-created; --on-missing-offsets skip goes on without them"
                .formatted(lost));
      }
      log.atWarn().addKeyValue("partitions", lost).log("Images are gone; going on without them");
      consumer.seekToBeginning(lost);
    }
  }

  private void drain() throws InterruptedException {
    ConsumerRecord<byte @Nullable [], byte @Nullable []> record = order.poll();
    while (record != null && !closed) {
      String objection = settings.reader().objection(record);
      if (objection != null) {
        reject(record, objection);
        batches.skip(record);
      } else {
        trainable = true;
        hand(batches.add(record, order.nextPosition()));
      }
      record = order.poll();
    }
  }

  private void hand(@Nullable StreamBatch batch) throws InterruptedException {
    boolean taken = batch == null;
    while (!taken && !closed) {
      taken = ready.offer(Objects.requireNonNull(batch), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void reject(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, String objection) {
    if (!trainable && objection.equals(ImageReader.NO_LABEL)) {
      throw UserError.usage(
          "the images in %s have no labels, and this preset needs them: choose an unconditional one"
              .formatted(settings.topic()));
    }
    metrics.rejected();
    if (!rejectedBefore) {
      rejectedBefore = true;
      log.atWarn()
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", objection)
          .log("Record rejected; further ones are counted only");
    }
    rejections.send(
        Rejection.of(settings.rejectedTopic(), record, objection),
        (sent, error) -> {
          if (error != null) {
            failure = new IllegalStateException("a rejected record could not be kept", error);
            closed = true;
          }
        });
  }

  /** A partition that is far ahead of the one whose turn it is waits, so that memory is bounded. */
  private void holdBack() {
    int limit = Math.max(256, RECORDS_AHEAD / partitions.size());
    long lag = (long) ready.size() * settings.batchSize();
    for (TopicPartition partition : partitions) {
      int waiting = order.waiting(partition.partition());
      lag += waiting + consumer.currentLag(partition).orElse(0);
      if (waiting > limit) {
        consumer.pause(List.of(partition));
      } else {
        consumer.resume(List.of(partition));
      }
    }
    metrics.stream(lag, order.missing(), order.foreign());
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
