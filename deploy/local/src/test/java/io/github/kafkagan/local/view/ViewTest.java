package io.github.kafkagan.local.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.local.Examples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void plainLinesComeEveryFewSecondsAndKnowNoEscapes() {
    View view = new LineView(out);

    view.show(status(10, OptionalDouble.of(0.25)));
    view.show(status(11, OptionalDouble.of(0.26)));
    view.show(status(15, OptionalDouble.of(0.30)));

    assertThat(output().lines())
        .containsExactly(
            "  trainer            http://127.0.0.1:9402/metrics",
            "00:10   25 %  streamed 64,100, trained 64,000 (1,235 images/s), step 1,000,"
                + " loss D 0.432 G 3.200, distance 23.5, 5 checkpoints, step 1,234 served, newest image 6.5 s ago, 7 requests, 6 replies",
            "00:15   30 %  streamed 64,100, trained 64,000 (1,235 images/s), step 1,000,"
                + " loss D 0.432 G 3.200, distance 23.5, 5 checkpoints, step 1,234 served, newest image 6.5 s ago, 7 requests, 6 replies");
  }

  @Test
  void theLiveViewGoesBackUpOverExactlyTheLinesItDrew() {
    View view = new LiveView(out, 120, true);

    view.show(status(10, OptionalDouble.of(0.25)));
    long drawn = output().lines().count();
    bytes.reset();
    view.show(status(11, OptionalDouble.of(0.5)));

    // One more "line" than drawn: the clearing of what is below
    assertThat(output()).startsWith("\r\u001b[" + (drawn - 1) + "A");
    assertThat(output()).contains("\u2588".repeat(20) + "\u2591".repeat(20) + " 50 %");
  }

  @Test
  void theLiveViewCutsWhatWouldWrap() {
    View view = new LiveView(out, 30, false);

    view.show(status(10, OptionalDouble.empty()));

    assertThat(output().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
    assertThat(output()).doesNotContain("\u2588");
  }

  private String output() {
    return bytes.toString(UTF_8);
  }

  private static Status status(int seconds, OptionalDouble progress) {
    return new Status(
        Examples.trained(64_000),
        1_234.56,
        6,
        Duration.ofSeconds(seconds),
        progress,
        List.of(new Status.Place("trainer", "http://127.0.0.1:9402/metrics")));
  }
}
