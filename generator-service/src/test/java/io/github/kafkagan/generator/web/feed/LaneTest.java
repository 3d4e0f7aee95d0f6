package io.github.kafkagan.generator.web.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void givenFewRecordsThenAllAreKept() {
    Lane<Remark> lane = filled(new Lane<>(100, 1 << 20), 100);

    assertThat(offsets(lane)).containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
  }

  @Test
  void givenARunOfAnyLengthThenItIsShownFromItsFirstRecordOnAndTheNewestAreWhole() {
    for (int length : new int[] {101, 1_000, 54_321}) {
      Lane<Remark> lane = filled(new Lane<>(100, 1 << 20), length);

      List<Long> kept = offsets(lane);
      assertThat(kept).hasSizeBetween(25, 100).isSorted().startsWith(0L).endsWith(length - 1L);
      assertThat(kept.subList(kept.size() - 15, kept.size()))
          .containsExactlyElementsOf(LongStream.range(length - 15L, length).boxed().toList());
    }
  }

  @Test
  void givenALongRunThenItsOldPartIsEvenlySpacedSoThatNoTimeIsMissing() {
    List<Long> kept = offsets(filled(new Lane<>(100, 1 << 20), 10_000));

    long longest = 0;
    for (int i = 1; i < kept.size(); i++) {
      longest = Math.max(longest, kept.get(i) - kept.get(i - 1));
    }
    // 75 records for the old part of 10,000 are 133 apart; distances are powers of two.
    assertThat(longest).isLessThanOrEqualTo(256 + 1);
  }

  @Test
  void givenLargeRecordsThenTheirBytesAreBounded() {
    Lane<Remark> lane = new Lane<>(100, 1_000);
    for (int offset = 0; offset < 500; offset++) {
      lane.add(new Remark(offset, "lane", 90));

      assertThat(offsets(lane).size() * 90).isLessThanOrEqualTo(1_000);
    }
    assertThat(offsets(lane)).startsWith(0L).endsWith(499L);
  }

  @Test
  void givenRecordsThatAreTooLargeEachThenTheFirstAndTheNewestStay() {
    assertThat(offsets(filled(new Lane<>(100, 1), 50))).containsExactly(0L, 49L);
  }

  private static Lane<Remark> filled(Lane<Remark> lane, int length) {
    for (int offset = 0; offset < length; offset++) {
      lane.add(new Remark(offset, "lane", 10));
    }
    return lane;
  }

  private static List<Long> offsets(Lane<Remark> lane) {
    return lane.after(-1).stream().map(Remark::offset).toList();
  }
}
