package io.github.kafkagan.local.observe;

import java.nio.file.Path;

/** Where the files for Prometheus and Grafana are, from this module. */
final class ObserveFiles {
  static final Path PROMETHEUS = Path.of("../prometheus");
  static final Path RUNBOOK = Path.of("../RUNBOOK.md");
  static final Path GRAFANA = Path.of("../../grafana");

  private ObserveFiles() {}
}
