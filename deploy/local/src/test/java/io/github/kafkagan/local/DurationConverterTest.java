package io.github.kafkagan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
  private final DurationConverter converter = new DurationConverter();

  @Test
  void readsSecondsMinutesAndHours() {
    assertThat(converter.convert("120s")).isEqualTo(Duration.ofMinutes(2));
    assertThat(converter.convert("90")).isEqualTo(Duration.ofSeconds(90));
    assertThat(converter.convert("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(converter.convert("1h")).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void refusesWhatIsNoDuration() {
    assertThatThrownBy(() -> converter.convert("2 days"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'2 days' is not a duration, such as 120s, 5m or 1h");
    assertThatThrownBy(() -> converter.convert("-5s")).isInstanceOf(TypeConversionException.class);
  }
}
