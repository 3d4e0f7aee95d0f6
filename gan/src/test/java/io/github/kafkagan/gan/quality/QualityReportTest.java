package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QualityReportTest {
  @Test
  void givenAFigureWithoutValueAndReasonThenThereIsNoReport() {
    SortedMap<String, String> leftOut = allLeftOut();
    leftOut.remove("coverage");

    assertThatThrownBy(() -> new QualityReport(10, new TreeMap<>(), List.of(), leftOut))
        .hasMessage("coverage must either have a value or be left out");
  }

  @Test
  void givenAFigureThatIsNoNumberThenThereIsNoReport() {
    SortedMap<String, Double> figures = new TreeMap<>();
    figures.put("density", Double.NaN);

    assertThatThrownBy(() -> new QualityReport(10, figures, List.of(), allLeftOut()))
        .hasMessage("density is NaN");
  }

  @Test
  void givenAReportThenLaterChangesToItsSourcesDoNotReachIt() {
    SortedMap<String, String> leftOut = allLeftOut();
    QualityReport report = new QualityReport(10, new TreeMap<>(), List.of(), leftOut);

    leftOut.clear();

    assertThat(report.leftOut()).hasSize(Figure.values().length);
  }

  private static SortedMap<String, String> allLeftOut() {
    SortedMap<String, String> leftOut = new TreeMap<>();
    for (Figure figure : Figure.values()) {
      leftOut.put(figure.key(), "not measured");
    }
    return leftOut;
  }
}
