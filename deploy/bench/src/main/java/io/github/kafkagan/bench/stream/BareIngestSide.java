package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.trainer.client.TrainerClients;
import io.github.kafkagan.trainer.step.Batch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The least that brings images from a topic into arrays, which is a limit to {@link IngestSide}:
 * one thread polls and copies them into batches as they come, another uploads. Nothing is put in
 * order or checked, labels are not read, and nobody knows which offsets a batch ends at.
 */
public final class BareIngestSide implements Side {
  private static final int BATCHES_AHEAD = 16;
  private static final Duration POLL = Duration.ofMillis(100);

  private final Preset preset;
  private final TrainerClients clients;
  private final String topic;
  private final Uploads uploads;
  private volatile boolean stopped;

  /** A side on a topic that was filled with images. */
  public BareIngestSide(String preset, Topics topics, String bootstrapServers) {
    this.preset = Preset.named(preset);
    clients = TrainerClients.of(Map.of("bootstrap.servers", bootstrapServers), topics, "bare");
    topic = topics.images().name();
    uploads = new Uploads(this.preset);
  }

  @Override
  public String name() {
    return "a bare loop";
  }

  /** Images per second, until the window is over or the topic has no more. */
  @Override
  public double rate(Duration window) {
    BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    stopped = false;
    CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(ready));
    try {
      return uploads.rate(timeout -> ready.poll(timeout.toMillis(), TimeUnit.MILLISECONDS), window);
    } finally {
      stopped = true;
      reading.join();
    }
  }

  private void read(BlockingQueue<Batch> ready) {
    int partitions = partitions();
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer =
        clients.imagesConsumer(partitions)) {
      List<TopicPartition> all =
          IntStream.range(0, partitions)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      int size = preset.image().size();
      byte[] pixels = new byte[preset.batchSize() * size];
      int filled = 0;
      while (!stopped) {
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> image : consumer.poll(POLL)) {
          System.arraycopy(Objects.requireNonNull(image.value()), 0, pixels, filled * size, size);
          filled++;
          if (filled == preset.batchSize()) {
            hand(new Batch(pixels, new int[0], filled), ready);
            pixels = new byte[pixels.length];
            filled = 0;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Batch batch, BlockingQueue<Batch> ready) throws InterruptedException {
    boolean taken = false;
    while (!taken && !stopped) {
      taken = ready.offer(batch, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private int partitions() {
    try (var consumer = clients.consumer()) {
      return consumer.partitionsFor(topic).size();
    }
  }

  @Override
  public void close() {
    uploads.close();
  }
}
