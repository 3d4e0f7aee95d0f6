package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.trainer.client.TrainerClients;
import io.github.kafkagan.trainer.ingest.ImageReader;
import io.github.kafkagan.trainer.ingest.ImageStream;
import io.github.kafkagan.trainer.ingest.MissingOffsets;
import io.github.kafkagan.trainer.ingest.StreamBatch;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/**
 * The trainer's way from the topic to arrays on its device, without training: poll, order, check,
 * batch, upload. Each turn begins at the same position.
 */
public final class IngestSide implements Side {
  private final TrainerClients clients;
  private final ImageStream.Settings settings;
  private final Metrics metrics = new Metrics();
  private final TrainerMetrics meters = new TrainerMetrics(metrics.registry());
  private final Uploads uploads;
  private final StreamPosition from;

  private IngestSide(Preset preset, Topics topics, String servers, StreamPosition from) {
    this.from = from;
    uploads = new Uploads(preset);
    clients = TrainerClients.of(Map.of("bootstrap.servers", servers), topics, "ingest");
    settings =
        new ImageStream.Settings(
            topics.images().name(),
            topics.rejected().name(),
            new ImageReader(preset.image().size(), preset.classes()),
            preset.batchSize(),
            MissingOffsets.FAIL);
  }

  /**
   * Opens a side on a topic that was filled with images, one by one.
   *
   * @param position in the stream, to begin at
   */
  public static Side open(String preset, Topics topics, String bootstrapServers, long position) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      String topic = topics.images().name();
      var description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .get(topic);
      int partitions = Objects.requireNonNull(description, topic).partitions().size();
      for (int partition = 0; partition < partitions; partition++) {
        // Of positions p, p + partitions, … those before this one.
        offsets.put(partition, ceiling(position - partition, partitions));
      }
    }
    return new IngestSide(
        Preset.named(preset),
        topics,
        bootstrapServers,
        new StreamPosition(offsets, position, 0, Optional.empty()));
  }

  private static long ceiling(long dividend, int divisor) {
    return Math.max(0, Math.floorDiv(dividend + divisor - 1, divisor));
  }

  @Override
  public String name() {
    return "trainer's ingest";
  }

  /** Images per second, until the window is over or the topic has no more. */
  @Override
  public double rate(Duration window) {
    try (ImageStream images =
        ImageStream.open(
            clients.imagesConsumer(from.offsets().size()),
            clients.rejectionProducer(),
            settings,
            from,
            meters)) {
      return uploads.rate(
          timeout -> {
            StreamBatch next = images.next(timeout);
            return next == null ? null : next.batch();
          },
          window);
    }
  }

  @Override
  public void close() {
    uploads.close();
    metrics.close();
  }
}
