package io.github.kafkagan.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @TempDir Path home;

  @BeforeEach
  void captureErrors() {
    System.setErr(new PrintStream(errors, true, UTF_8));
  }

  @AfterEach
  void restoreErrors() {
    System.setErr(standardError);
  }

  @Test
  void mistakesOnTheCommandLineAreOneSentenceAndExitCodeTwo() {
    assertThat(run("--images=0")).isEqualTo(2);
    assertThat(run("--for=soon")).isEqualTo(2);
    assertThat(run("--model=two words")).isEqualTo(2);
    assertThat(run("--json=" + home.resolve("no/such/folder/run.json"))).isEqualTo(2);

    assertThat(errors.toString(UTF_8))
        .contains("error: --images must be at least 1, was 0")
        .contains(
            "error: Invalid value for option '--for': 'soon' is not a duration such as 250ms, 5s, 2m or 1h")
        .contains("error: a model name is 1 to 64 letters")
        .contains("error: --json: cannot write " + home)
        .doesNotContain("Exception");
  }

  @Test
  void withoutTheServicesItSaysWhatBuildsThemAndStartsNothing() {
    assertThat(run()).isEqualTo(1);

    assertThat(errors.toString(UTF_8))
        .isEqualToIgnoringNewLines(
            "error: "
                + home.resolve("producer/target/producer.jar")
                + " is missing; deploy/demo.sh or 'mvn package' builds it");
    assertThat(home).isEmptyDirectory();
  }

  private int run(String... options) {
    String[] line = new String[options.length + 1];
    line[0] = "--home=" + home;
    System.arraycopy(options, 0, line, 1, options.length);
    StopSignal stop = StopSignal.onTermination();
    return stop.finish(Cli.execute(new DemoCommand(stop), line));
  }
}
