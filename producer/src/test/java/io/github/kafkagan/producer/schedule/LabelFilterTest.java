package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFilterTest {
  @Test
  void takesNumbersAndRanges() {
    assertThat(new LabelFilter(" 0-4, 7").labels().stream()).containsExactly(0, 1, 2, 3, 4, 7);
    assertThat(new LabelFilter("255").labels().stream()).containsExactly(255);
    assertThat(new LabelFilter("").takesAll()).isTrue();
  }

  @Test
  void writesTheSameSetInOneWay() {
    assertThat(new LabelFilter("7,0-2").canonical())
        .isEqualTo(new LabelFilter("0,1,2,7,1").canonical());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1,", ",1", "4-2", "-1", "0-256", "256", "1 2", "1--2", "0x1"})
  void refusesWhatIsNoListOfLabels(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelFilter(text))
        .withMessageContaining("labels");
  }
}
