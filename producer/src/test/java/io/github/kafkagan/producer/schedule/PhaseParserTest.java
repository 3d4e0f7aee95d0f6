package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseParserTest {
  private final PhaseParser parser = new PhaseParser("mnist");

  @Test
  void readsPhasesInTheirOrder() {
    assertThat(parser.parse("labels=0-4 images=60000 then labels=all"))
        .isEqualTo(
            List.of(
                new Phase("mnist", new LabelFilter("0-4"), OptionalLong.of(60_000)),
                Phase.endless("mnist", LabelFilter.ALL)));
    assertThat(parser.parse("  images=5   dataset=fashion-mnist\nthen labels=1,3-4 then labels=7 "))
        .isEqualTo(
            List.of(
                new Phase("fashion-mnist", LabelFilter.ALL, OptionalLong.of(5)),
                Phase.endless("mnist", new LabelFilter("1,3-4")),
                Phase.endless("mnist", new LabelFilter("7"))));
  }

  @Test
  void aDataSetWhoseNameHasTheWordIsNotCutInTwo() {
    assertThat(parser.parse("dataset=then-and-now then dataset=now-then"))
        .extracting(Phase::dataset)
        .containsExactly("then-and-now", "now-then");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label=3 | 'label=3' is none of them",
        "labels= | 'labels=' is none of them",
        "labels=0-4, 7 | '7' is none of them",
        "labels=1 labels=2 | says 'labels=' twice",
        "labels=1 then | 'then' stands between two",
        "then labels=1 | 'then' stands between two",
        "labels=1 then then labels=2 | 'then' stands between two",
        "images=0 then labels=1 | at least 1 image, not 0",
        "images=-1 | images= takes a number, not '-1'",
        "images=1e3 | images= takes a number, not '1e3'",
        "images=9999999999999999 | images= takes a number, not '9999999999999999'",
        "labels=256 | labels go from 0 to 255",
      })
  void refusesWhatIsNoScheduleInOneSentence(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parser.parse(text))
        .withMessageContaining(message);
  }
}
