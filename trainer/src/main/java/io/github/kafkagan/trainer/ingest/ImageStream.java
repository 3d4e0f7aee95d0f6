package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the images topic beside training, and has the next mini-batches ready.
 *
 * <p>The passes of a replay are one sequence of images, with the stream behind the last:
 * mini-batches span the seams, and what does not fill one at the end is the first that the stream
 * goes on with.
 */
public final class ImageStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageStream.class);
  private static final long GLANCE_MS = 100;

  /** What is at hand while more is fetched: images arrive many at a time. */
  private static final int BATCHES_AHEAD = 16;

  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Consumer<byte @Nullable [], byte @Nullable []> consumer;
  private final Producer<byte[], byte[]> rejectionProducer;
  private final Settings settings;
  private final TrainerMetrics metrics;
  private final ImageLog images;
  private final Rejections rejections;
  private final BatchBuilder batches;
  private final BlockingQueue<StreamBatch> ready = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread = new Thread(this::run, "ingest");
  private @Nullable Replay replay;
  private StreamOrder order;
  private long foreignBefore;
  private boolean trainable;
  private volatile long awaited;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean over;
  private volatile boolean closed;

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
      Producer<byte[], byte[]> rejectionProducer,
      Settings settings,
      StreamPosition from,
      TrainerMetrics metrics) {
    this.consumer = consumer;
    this.rejectionProducer = rejectionProducer;
    this.settings = settings;
    this.metrics = metrics;
    images =
        new ImageLog(consumer, settings.topic(), settings.reader(), settings.onMissing(), from);
    rejections = new Rejections(rejectionProducer, settings.rejectedTopic(), metrics);
    batches =
        new BatchBuilder(
            settings.reader().bytes(),
            settings.batchSize(),
            images.partitions(),
            from,
            System::currentTimeMillis);
    order = new StreamOrder(images.partitions(), from.nextPosition());
    awaited = from.nextPosition();
    // A model that has been trained on the topic's images knows that these have labels.
    trainable = from.newestTimestamp() > 0;
    replay = from.inReplay() ? from.replay().orElseThrow() : null;
    metrics.replayPass(replay == null ? 0 : replay.pass());
  }

  /**
   * Starts reading.
   *
   * @param consumer read_committed, with {@code auto.offset.reset=none}; closed with the stream
   * @param rejections where unreadable records go; closed with the stream
   * @param from the first image to train on; in a replay, the stream ends after its last pass
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

  /** Whether a replay has no whole mini-batch left. */
  public boolean isOver() {
    return over && ready.isEmpty();
  }

  /**
   * Stream position of the image that the topic does not have yet; all before it were read. In a
   * replay, that of its pass.
   */
  public long awaitedPosition() {
    return awaited;
  }

  private void run() {
    try {
      while (!closed && !over) {
        images.poll(order);
        images.requireSamePartitions();
        drain();
        awaited = order.nextPosition();
        rejections.check();
        if (order.isComplete()) {
          nextPass(Objects.requireNonNull(replay));
        } else {
          show();
        }
      }
    } catch (WakeupException e) {
      // Closing.
    } catch (RuntimeException e) {
      failure = e;
    } catch (OutOfMemoryError | LinkageError e) {
      // Else training would wait forever for images that nobody reads.
      failure = new IllegalStateException("reading images failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Not the defaults, half a minute and longer, which a broker that is away would take.
      consumer.close(CloseOptions.timeout(CLOSE));
      rejectionProducer.close(CLOSE);
    }
  }

  private void drain() throws InterruptedException {
    Arrival next = order.poll();
    while (next != null && !closed) {
      if (next instanceof Arrival.Image image) {
        trainable = true;
        hand(batches.add(image, order.nextPosition()));
      } else if (next instanceof Arrival.Unreadable unreadable) {
        reject(unreadable);
        batches.skip(unreadable);
      }
      next = order.poll();
    }
  }

  private void hand(@Nullable StreamBatch batch) throws InterruptedException {
    boolean taken = batch == null;
    while (!taken && !closed) {
      taken = ready.offer(Objects.requireNonNull(batch), GLANCE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void reject(Arrival.Unreadable unreadable) {
    if (replay != null && replay.pass() > 1) {
      return; // The first pass has kept it.
    }
    if (!trainable && unreadable.objection().equals(ImageReader.NO_LABEL)) {
      throw UserError.usage(
          "the images in %s have no labels, and this preset needs them: choose an unconditional one"
              .formatted(settings.topic()));
    }
    rejections.reject(unreadable);
  }

  /** A mini-batch that is begun goes on with the first images of the next pass. */
  private void nextPass(Replay ended) {
    if (ended.inLastPass()) {
      over = true;
      return;
    }
    Replay next = ended.nextPass();
    foreignBefore += order.foreign();
    order = new StreamOrder(images.partitions(), 0);
    images.seek(next.from());
    batches.rewind(next);
    replay = next;
    metrics.replayPass(next.pass());
    log.atInfo().addKeyValue("pass", next.pass() + "/" + next.passes()).log("Pass begins");
  }

  private void show() {
    long lag =
        images.holdBack(order) + order.waiting() + (long) ready.size() * settings.batchSize();
    // What a replay does not find was trained on before, or is told as it is passed over.
    long missing = replay == null ? order.missing() : 0;
    metrics.stream(lag, missing, foreignBefore + order.foreign());
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
