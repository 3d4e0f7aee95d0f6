package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.local.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prometheus' own tool reads its configuration and tries the rules on made-up series. */
class PromtoolIT {
  @BeforeEach
  void promtoolIsInstalled() {
    assumeTrue(Programs.find("promtool").isPresent(), "needs promtool: apt-get install prometheus");
  }

  @Test
  void theConfigurationAndTheRulesAreInOrder() throws Exception {
    assertPasses(List.of("check", "config", "prometheus.yml"));
    List<String> rules = new ArrayList<>(List.of("check", "rules", "--lint=all", "--lint-fatal"));
    rules.addAll(files("rules"));
    assertPasses(rules);
  }

  @Test
  void theRulesDoWhatTheirCasesSay() throws Exception {
    List<String> tests = new ArrayList<>(List.of("test", "rules"));
    tests.addAll(files("tests"));
    assertPasses(tests);
  }

  private static List<String> files(String folder) throws Exception {
    Path in = ObserveFiles.PROMETHEUS;
    try (Stream<Path> files = Files.list(in.resolve(folder))) {
      return files.map(file -> in.relativize(file).toString()).sorted().toList();
    }
  }

  private static void assertPasses(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Checked checked = Checked.by(ObserveFiles.PROMETHEUS, command);
    assertThat(checked.exitCode()).as(checked.output()).isZero();
    assertThat(checked.output()).contains("SUCCESS");
  }
}
