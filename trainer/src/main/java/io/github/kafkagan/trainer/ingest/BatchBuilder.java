package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.trainer.step.Batch;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Fills mini-batches with records, and knows which position each batch ends at. */
final class BatchBuilder {
  private final ImageReader reader;
  private final int size;
  private final LongSupplier clock;
  private final TreeMap<Integer, Long> offsets;
  private Optional<Replay> replay;
  private byte[] pixels;
  private int[] labels;
  private boolean labelled = true;
  private int filled;
  private long newestTimestamp;

  /**
   * Builds from a position on.
   *
   * @param clock epoch milliseconds: no image is newer, whatever the clock of its sender says, and
   *     one from the future would pass for the newest for as long as it is ahead
   */
  BatchBuilder(ImageReader reader, int size, StreamPosition from, LongSupplier clock) {
    this.reader = reader;
    this.size = size;
    this.clock = clock;
    offsets = new TreeMap<>(from.offsets());
    newestTimestamp = Math.min(from.newestTimestamp(), clock.getAsLong());
    replay = from.replay();
    pixels = new byte[size * reader.bytes()];
    labels = new int[size];
  }

  /** Passes over a record: it is behind the position from now on. */
  void skip(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    offsets.put(record.partition(), record.offset() + 1);
  }

  /** The next record is the first of another pass; a batch that is begun goes on with it. */
  void rewind(Replay pass) {
    offsets.putAll(pass.from());
    replay = Optional.of(pass);
  }

  /**
   * Adds an image that {@link ImageReader} has no objection to. Returns the batch that it
   * completes, else null.
   *
   * @param nextPosition stream position of the record after this one
   */
  @Nullable StreamBatch add(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, long nextPosition) {
    byte[] image = Objects.requireNonNull(record.value());
    System.arraycopy(image, 0, pixels, filled * reader.bytes(), reader.bytes());
    OptionalInt label = reader.label(record);
    labels[filled] = label.orElse(0);
    labelled &= label.isPresent();
    filled++;
    offsets.put(record.partition(), record.offset() + 1);
    newestTimestamp = Math.max(newestTimestamp, Math.min(record.timestamp(), clock.getAsLong()));
    if (filled < size) {
      return null;
    }
    StreamBatch batch =
        new StreamBatch(
            new Batch(pixels, labelled ? labels : new int[0], size),
            new StreamPosition(offsets, nextPosition, newestTimestamp, replay));
    pixels = new byte[pixels.length];
    labels = new int[size];
    labelled = true;
    filled = 0;
    return batch;
  }
}
