package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Replay;
import io.github.kafkagan.trainer.step.Batch;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Fills mini-batches with images, and knows which position each batch ends at. */
final class BatchBuilder {
  private static final long UNKNOWN = -1;

  private final int imageBytes;
  private final int size;
  private final LongSupplier clock;

  /** Of each partition, as numbers, not as objects for each image; or {@link #UNKNOWN}. */
  private final long[] offsets;

  private Optional<Replay> replay;
  private byte[] pixels;
  private int[] labels;
  private boolean labelled = true;
  private int filled;
  private long newestTimestamp;
  private long newestInBatch;

  /**
   * Builds from a position on.
   *
   * @param imageBytes rows × columns × channels of an image
   * @param size images of a mini-batch
   * @param partitions of the topic
   * @param clock epoch milliseconds: no image is newer, whatever the clock of its sender says, and
   *     one from the future would pass for the newest for as long as it is ahead
   */
  BatchBuilder(int imageBytes, int size, int partitions, StreamPosition from, LongSupplier clock) {
    this.imageBytes = imageBytes;
    this.size = size;
    this.clock = clock;
    offsets = new long[partitions];
    Arrays.fill(offsets, UNKNOWN);
    from.offsets().forEach(this::put);
    newestTimestamp = Math.min(from.newestTimestamp(), clock.getAsLong());
    replay = from.replay();
    pixels = new byte[size * imageBytes];
    labels = new int[size];
  }

  /** Passes over a record: it is behind the position from now on. */
  void skip(Arrival record) {
    put(record.partition(), record.offset() + 1);
  }

  private void put(int partition, long offset) {
    // A manifest may name others, of which nothing is read.
    if (partition >= 0 && partition < offsets.length) {
      offsets[partition] = offset;
    }
  }

  /** The next record is the first of another pass; a batch that is begun goes on with it. */
  void rewind(Replay pass) {
    pass.from().forEach(this::put);
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
    newestInBatch = Math.max(newestInBatch, image.timestamp());
    if (filled < size) {
      return null;
    }
    newestTimestamp = Math.max(newestTimestamp, Math.min(newestInBatch, clock.getAsLong()));
    StreamBatch batch =
        new StreamBatch(
            new Batch(pixels, labelled ? labels : new int[0], size),
            new StreamPosition(known(), nextPosition, newestTimestamp, replay));
    pixels = new byte[pixels.length];
    labels = new int[size];
    labelled = true;
    filled = 0;
    newestInBatch = 0;
    return batch;
  }

  private SortedMap<Integer, Long> known() {
    SortedMap<Integer, Long> known = new TreeMap<>();
    for (int partition = 0; partition < offsets.length; partition++) {
      if (offsets[partition] != UNKNOWN) {
        known.put(partition, offsets[partition]);
      }
    }
    return known;
  }
}
