package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.local.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards are of Grafana's own types. */
class GrafanaTypesIT {
  private static final Path CHECK = ObserveFiles.GRAFANA.resolve("check");
  private static final Path DASHBOARDS = ObserveFiles.GRAFANA.resolve("dashboards");

  @BeforeEach
  void theTypesAreInstalled() {
    assumeTrue(
        Programs.find("node").isPresent() && Files.isDirectory(CHECK.resolve("node_modules")),
        "needs Grafana's types: npm ci --prefix grafana/check");
  }

  @Test
  void dashboardsAreAsGrafanaWantsThem() throws Exception {
    Checked checked = check(DASHBOARDS);

    assertThat(checked.exitCode()).as(checked.output()).isZero();
    assertThat(checked.output()).contains("3 dashboards, 0 problems");
  }

  @Test
  void whatGrafanaDoesNotKnowIsFoundWithItsLine(@TempDir Path folder) throws Exception {
    String dashboard = Files.readString(DASHBOARDS.resolve("training.json"));
    Files.writeString(
        folder.resolve("training.json"),
        dashboard.replaceFirst("\"drawStyle\": \"line\"", "\"drawStyle\": \"curve\""));

    Checked checked = check(folder);

    assertThat(checked.exitCode()).as(checked.output()).isEqualTo(1);
    assertThat(checked.output()).containsPattern("training\\.json:\\d+: .*\"curve\"");
  }

  private static Checked check(Path dashboards) throws Exception {
    return Checked.by(CHECK, List.of("node", "check.js", dashboards.toAbsolutePath().toString()));
  }
}
