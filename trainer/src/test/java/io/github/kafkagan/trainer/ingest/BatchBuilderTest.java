package io.github.kafkagan.trainer.ingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.kafkagan.pipeline.contract.Replay;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {
  private static final long NOW = 1_000;

  @Test
  void aBatchEndsBehindItsLastRecord() {
    StreamPosition from =
        new StreamPosition(new TreeMap<>(Map.of(0, 40L, 1, 50L, 2, 60L)), 7, 90, Optional.empty());
    BatchBuilder builder = builder(2, from);

    assertThat(builder.add(image(1, 50, 100, 3, new byte[] {1, 2}), 8)).isNull();
    builder.skip(image(2, 60, 500, 3, new byte[1]));
    StreamBatch batch = requireNonNull(builder.add(image(0, 41, 95, 9, new byte[] {3, 4}), 10));

    assertThat(batch.batch().pixels()).containsExactly(1, 2, 3, 4);
    assertThat(batch.batch().labels()).containsExactly(3, 9);
    assertThat(batch.after())
        .isEqualTo(
            new StreamPosition(
                new TreeMap<>(Map.of(0, 42L, 1, 51L, 2, 61L)), 10, 100, Optional.empty()));
  }

  @Test
  void aBatchSpansTheSeamOfTwoPasses() {
    Replay first =
        Replay.begin(
            2, new TreeMap<>(Map.of(0, 40L, 1, 50L)), new TreeMap<>(Map.of(0, 42L, 1, 51L)));
    BatchBuilder builder = builder(2, StreamPosition.beginning().begin(first));

    assertThat(builder.add(image(0, 40, 1, 1, new byte[] {1, 1}), 1)).isNull();
    StreamBatch whole = requireNonNull(builder.add(image(1, 50, 2, 2, new byte[] {2, 2}), 2));
    assertThat(builder.add(image(0, 41, 3, 3, new byte[] {3, 3}), 3)).isNull();
    builder.rewind(first.nextPass());
    StreamBatch seam = requireNonNull(builder.add(image(0, 40, 1, 1, new byte[] {1, 1}), 1));

    assertThat(whole.after().replay()).hasValue(first);
    assertThat(seam.batch().pixels()).containsExactly(3, 3, 1, 1);
    assertThat(seam.after())
        .isEqualTo(
            new StreamPosition(
                new TreeMap<>(Map.of(0, 41L, 1, 50L)), 1, 3, Optional.of(first.nextPass())));
  }

  @Test
  void anImageFromTheFutureIsAsNewAsNow() {
    BatchBuilder builder = builder(1, StreamPosition.beginning());
    StreamPosition ahead =
        new StreamPosition(new TreeMap<>(), 0, NOW + 3_600_000, Optional.empty());

    StreamBatch future =
        requireNonNull(builder.add(image(0, 0, Long.MAX_VALUE, 1, new byte[] {1, 1}), 1));
    StreamBatch past = requireNonNull(builder.add(image(0, 1, -1, 1, new byte[] {1, 1}), 2));
    StreamBatch resumed =
        requireNonNull(builder(1, ahead).add(image(0, 0, 7, 1, new byte[] {1, 1}), 1));

    assertThat(future.after().newestTimestamp()).isEqualTo(NOW);
    assertThat(past.after().newestTimestamp()).isEqualTo(NOW);
    assertThat(resumed.after().newestTimestamp()).isEqualTo(NOW);
  }

  @Test
  void aBatchIsAsNewAsItsNewestImageOnceItIsWhole() {
    AtomicLong now = new AtomicLong(NOW);
    BatchBuilder builder = new BatchBuilder(2, 2, 3, StreamPosition.beginning(), now::get);

    assertThat(builder.add(image(0, 0, NOW + 50, 1, new byte[2]), 1)).isNull();
    now.set(NOW + 10);
    StreamBatch future = requireNonNull(builder.add(image(0, 1, 5, 1, new byte[2]), 2));
    now.set(NOW + 100);
    assertThat(builder.add(image(0, 2, 6, 1, new byte[2]), 3)).isNull();
    StreamBatch past = requireNonNull(builder.add(image(0, 3, 5, 1, new byte[2]), 4));

    assertThat(future.after().newestTimestamp()).isEqualTo(NOW + 10);
    assertThat(past.after().newestTimestamp()).isEqualTo(NOW + 10);
  }

  @Test
  void nothingIsKnownOfAPartitionThatHadNoImage() {
    BatchBuilder builder = builder(1, StreamPosition.beginning());

    StreamBatch batch = requireNonNull(builder.add(image(2, 0, 1, 1, new byte[2]), 3));

    assertThat(batch.after().offsets()).containsExactly(entry(2, 1L));
  }

  @Test
  void whatAManifestSaysOfPartitionsThatTheTopicDoesNotHaveIsNotGoneOnWith() {
    StreamPosition from =
        new StreamPosition(
            new TreeMap<>(Map.of(-1, 40L, 1, 50L, 3, 60L, Integer.MAX_VALUE, 70L)),
            0,
            0,
            Optional.empty());

    StreamBatch batch = requireNonNull(builder(1, from).add(image(2, 8, 1, 1, new byte[2]), 3));

    assertThat(batch.after().offsets()).containsExactly(entry(1, 50L), entry(2, 9L));
  }

  @Test
  void batchesDoNotShareMemory() {
    BatchBuilder builder = builder(1, StreamPosition.beginning());

    StreamBatch first = requireNonNull(builder.add(image(0, 0, 1, 1, new byte[] {1, 1}), 1));
    StreamBatch second = requireNonNull(builder.add(image(0, 1, 2, 2, new byte[] {2, 2}), 2));

    assertThat(first.batch().pixels()).containsExactly(1, 1);
    assertThat(first.after().offsets()).containsEntry(0, 1L);
    assertThat(second.after().offsets()).containsEntry(0, 2L);
  }

  @Test
  void labelsComeAlongUnlessOneIsMissing() {
    BatchBuilder builder = builder(1, StreamPosition.beginning());
    Arrival.Image without =
        new Arrival.Image(0, 1, Arrival.NONE, 1, new byte[] {2, 2}, OptionalInt.empty());

    StreamBatch labelled = requireNonNull(builder.add(image(0, 0, 1, 1, new byte[] {1, 1}), 1));
    StreamBatch unlabelled = requireNonNull(builder.add(without, 2));

    assertThat(labelled.batch().labels()).containsExactly(1);
    assertThat(unlabelled.batch().labels()).isEmpty();
  }

  private BatchBuilder builder(int size, StreamPosition from) {
    return new BatchBuilder(2, size, 3, from, () -> NOW);
  }

  private static Arrival.Image image(
      int partition, long offset, long timestamp, int label, byte[] pixels) {
    return new Arrival.Image(
        partition, offset, Arrival.NONE, timestamp, pixels, OptionalInt.of(label));
  }
}
