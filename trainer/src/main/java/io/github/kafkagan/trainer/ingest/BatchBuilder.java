package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.trainer.step.Batch;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Fills mini-batches with images, and knows which position each batch ends at. */
final class BatchBuilder {
  private final int imageBytes;
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
   * @param imageBytes rows × columns × channels of an image
   * @param size images of a mini-batch
   * @param clock epoch milliseconds: no image is newer, whatever the clock of its sender says, and
   *     one from the future would pass for the newest for as long as it is ahead
   */
  BatchBuilder(int imageBytes, int size, StreamPosition from, LongSupplier clock) {
    this.imageBytes = imageBytes;
    this.size = size;
    this.clock = clock;
    offsets = new TreeMap<>(from.offsets());
    newestTimestamp = Math.min(from.newestTimestamp(), clock.getAsLong());
    replay = from.replay();
    pixels = new byte[size * imageBytes];
    labels = new int[size];
  }

  /** Passes over a record: it is behind the position from now on. */
  void skip(Arrival record) {
    offsets.put(record.partition(), record.offset() + 1);
  }

  /** The next record is the first of another pass; a batch that is begun goes on with it. */
  void rewind(Replay pass) {
    offsets.putAll(pass.from());
    replay = Optional.of(pass);
  }

  /**
   * Adds an image. Returns the batch that it completes, else null.
   *
   * @param nextPosition stream position of the record after this one
   */
  @Nullable StreamBatch add(Arrival.Image image, long nextPosition) {
    System.arraycopy(image.pixels(), 0, pixels, filled * imageBytes, imageBytes);
    labels[filled] = image.label().orElse(0);
    labelled &= image.label().isPresent();
    filled++;
    skip(image);
    newestTimestamp = Math.max(newestTimestamp, Math.min(image.timestamp(), clock.getAsLong()));
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
