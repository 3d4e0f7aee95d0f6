package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class GoalTest {
  private final Goal.Converter converter = new Goal.Converter();
  private final Progress progress = new Progress(100, 6400, StreamPosition.beginning());

  @Test
  void goalsAreReachedNotPassed() {
    assertThat(converter.convert("images=6400").reached(progress, Duration.ZERO)).isTrue();
    assertThat(converter.convert("images=6401").reached(progress, Duration.ZERO)).isFalse();
    assertThat(converter.convert("steps=100").reached(progress, Duration.ZERO)).isTrue();
    assertThat(converter.convert("steps=101").reached(progress, Duration.ZERO)).isFalse();
    Goal twoMinutes = converter.convert("time=2m");
    assertThat(twoMinutes.reached(progress, Duration.ofSeconds(119))).isFalse();
    assertThat(twoMinutes.reached(progress, Duration.ofMinutes(2))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "images", "images=", "images=-1", "images=1e3", "epochs=1", "time=5"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(TypeConversionException.class);
  }
}
