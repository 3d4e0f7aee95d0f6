package io.github.kafkagan.trainer.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamOrderTest {
  private final StreamOrder order = new StreamOrder(3, 0);

  @Test
  void recordsComeInTheOrderOfTheirPositionsHoweverPartitionsArrive() {
    add(2, 2, 5);
    add(1, 1, 4);
    assertThat(take()).isEmpty();

    add(0, 0, 3);

    assertThat(take()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(order.nextPosition()).isEqualTo(6);
    assertThat(order.missing()).isZero();
  }

  @Test
  void waitsForThePartitionWhoseTurnItIs() {
    add(0, 0);
    add(2, 2);

    assertThat(take()).containsExactly(0L);
    assertThat(order.waiting(2)).isEqualTo(1);

    add(1, 1);
    assertThat(take()).containsExactly(1L, 2L);
  }

  @Test
  void whatRetentionDeletedIsPassedOverAndCounted() {
    add(0, 999, 1002);
    add(1, 997, 1000);
    add(2, 998, 1001);

    assertThat(take()).containsExactly(997L, 998L, 999L, 1000L, 1001L, 1002L);
    assertThat(order.missing()).isEqualTo(997);
  }

  @Test
  void anUnevenGapIsPassedOverToo() {
    add(0, 0, 6);
    add(1, 4);
    add(2, 2, 5);

    assertThat(take()).containsExactly(0L, 2L, 4L, 5L, 6L);
    assertThat(order.missing()).isEqualTo(2);
  }

  @Test
  void recordsWithoutAPlaceAreTakenAsTheyCome() {
    order.add(record(1, null));
    order.add(record(1, ImageRecord.key(1)));
    order.add(record(2, ImageRecord.key(1)));
    order.add(record(2, "key".getBytes(UTF_8)));

    assertThat(take()).containsExactly(-1L, 1L, -1L);
    assertThat(order.foreign()).isEqualTo(3);
    assertThat(order.nextPosition()).isZero();
  }

  @Test
  void aRecordWithoutAPlaceDoesNotCostTheImageBehindAGapItsOwn() {
    add(0, 0, 3);
    add(1, 4);
    order.add(record(1, null));
    add(2, 2, 5);

    assertThat(take()).containsExactly(0L, 2L, 3L, 4L, -1L, 5L);
    assertThat(order.foreign()).isEqualTo(1);
    assertThat(order.missing()).isEqualTo(1);
  }

  @Test
  void likewiseInASinglePartition() {
    StreamOrder single = new StreamOrder(1, 0);
    single.add(record(0, ImageRecord.key(2)));
    single.add(record(0, null));

    assertThat(requireNonNull(single.poll()).position()).isEqualTo(2);

    assertThat(single.foreign()).isZero();
    assertThat(single.missing()).isEqualTo(2);
  }

  @Test
  void aPositionThatIsOverHasNoPlaceAnyMore() {
    StreamOrder later = new StreamOrder(1, 5);

    later.add(record(0, ImageRecord.key(4)));

    assertThat(later.poll()).isNotNull();
    assertThat(later.foreign()).isEqualTo(1);
    assertThat(later.nextPosition()).isEqualTo(5);
  }

  @Test
  void anAbsurdPositionIsForeignAndHoldsUpNothing() {
    long absurd = Long.MAX_VALUE / 3 * 3 - 1;
    add(0, 0);
    add(1, 1);
    add(2, absurd, 2);
    add(0, 3);

    assertThat(take()).containsExactly(absurd, 0L, 1L, 2L, 3L);
    assertThat(order.foreign()).isEqualTo(1);
    assertThat(order.missing()).isZero();
  }

  @Test
  void anAbsurdPositionAloneDoesNotMoveTheStream() {
    StreamOrder single = new StreamOrder(1, 0);
    single.add(record(0, ImageRecord.key(Long.MAX_VALUE)));
    single.add(record(0, ImageRecord.key(System.currentTimeMillis())));

    assertThat(single.poll()).isNotNull();
    assertThat(single.poll()).isNotNull();

    assertThat(single.poll()).isNull();
    assertThat(single.nextPosition()).isZero();
    assertThat(single.foreign()).isEqualTo(2);
  }

  @Test
  void aStrangersPositionOfTheNearFutureDoesNotHideTheImagesBehindIt() {
    add(0, 0, 3);
    add(1, 1, 4);
    add(2, 302, 2, 5);

    assertThat(take()).containsExactly(302L, 0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(order.foreign()).isEqualTo(1);
    assertThat(order.missing()).isZero();
  }

  @Test
  void aPositionThatIsRepeatedDoesNotCostOthersTheirOrder() {
    add(0, 0, 3, 6);
    add(1, 1, 4, 7);
    add(2, 2, 5, 2, 8);

    assertThat(take()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 2L, 6L, 7L, 8L);
    assertThat(order.foreign()).isEqualTo(1);
  }

  @Test
  void aStrangersPositionIsFoundOutAlsoWhenTheImagesBehindItComeLater() {
    add(0, 0, 3, 6);
    add(1, 1, 4, 7);
    add(2, 302);
    assertThat(take()).containsExactly(0L, 1L, 3L, 4L, 6L, 7L);

    add(2, 2, 5, 8);
    add(0, 9);
    add(1, 10);
    add(2, 11);

    assertThat(take()).containsExactly(302L, 2L, 5L, 8L, 9L, 10L, 11L);
    assertThat(order.foreign()).isEqualTo(4);
  }

  @Test
  void aPartitionThatHoldsNoMoreIsNotWaitedFor() {
    add(0, 0, 3);
    add(1, 1, 4);

    assertThat(take()).containsExactly(0L, 1L);
    order.exhausted(2);

    assertThat(take()).containsExactly(3L, 4L);
    assertThat(order.isComplete()).isFalse();
    order.exhausted(0);
    order.exhausted(1);
    assertThat(order.isComplete()).isTrue();
    assertThat(take()).isEmpty();
  }

  @Test
  void whatIsLeftOfExhaustedPartitionsIsTakenBeforeTheOrderIsComplete() {
    add(0, 9);
    add(2, 5, 8);
    order.exhausted(0);
    order.exhausted(2);
    assertThat(take()).isEmpty();

    order.exhausted(1);

    assertThat(order.isComplete()).isFalse();
    assertThat(take()).containsExactly(5L, 8L, 9L);
    assertThat(order.isComplete()).isTrue();
  }

  private void add(int partition, long... positions) {
    for (long position : positions) {
      order.add(record(partition, ImageRecord.key(position)));
    }
  }

  private List<Long> take() {
    List<Long> positions = new ArrayList<>();
    Arrival record = order.poll();
    while (record != null) {
      positions.add(record.position());
      record = order.poll();
    }
    return positions;
  }

  private static Arrival record(int partition, byte @Nullable [] key) {
    return new Arrival.Image(
        partition,
        0,
        ImageRecord.position(key).orElse(Arrival.NONE),
        0,
        new byte[4],
        OptionalInt.empty());
  }
}
