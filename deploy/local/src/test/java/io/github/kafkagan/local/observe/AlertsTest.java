package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert is explained and tried. What the cases say, {@link PromtoolIT} sees. */
class AlertsTest {
  private static final Pattern SECTION = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);
  private static final List<String> PARTS = List.of("**Means:**", "**Look at:**", "**Do:**");

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertLeadsToItsSectionOfTheRunbook(JsonNode alert) throws IOException {
    String name = alert.get("alert").asText();
    assertThat(alert.at("/annotations/runbook").asText())
        .isEqualTo("deploy/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT));
    assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
    assertThat(alert.at("/annotations/description").asText()).isNotBlank();
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");

    String runbook = Files.readString(ObserveFiles.RUNBOOK);
    String section = runbook.substring(runbook.indexOf("\n## " + name + "\n") + 1);
    assertThat(section.split("\n## ", 2)[0]).startsWith("## " + name).contains(PARTS);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertHasCasesInWhichItFiresAndInWhichItIsSilent(JsonNode alert) throws IOException {
    List<Boolean> fires = new ArrayList<>();
    for (JsonNode file : cases()) {
      for (JsonNode test : file.get("tests")) {
        for (JsonNode expected : test.path("alert_rule_test")) {
          if (expected.get("alertname").equals(alert.get("alert"))) {
            fires.add(!expected.get("exp_alerts").isEmpty());
          }
        }
      }
    }
    assertThat(fires).contains(true, false);
  }

  @Test
  void theRunbookHasNoSectionsWithoutAnAlert() throws IOException {
    Set<String> names =
        alerts().stream().map(alert -> alert.get("alert").asText()).collect(Collectors.toSet());
    assertThat(
            SECTION
                .matcher(Files.readString(ObserveFiles.RUNBOOK))
                .results()
                .map(section -> section.group(1)))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  static List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode group :
        Yaml.read(ObserveFiles.PROMETHEUS.resolve("rules/alerts.yml")).get("groups")) {
      group.get("rules").forEach(alerts::add);
    }
    assertThat(alerts).isNotEmpty();
    return alerts;
  }

  private static List<JsonNode> cases() throws IOException {
    try (Stream<Path> files = Files.list(ObserveFiles.PROMETHEUS.resolve("tests"))) {
      List<JsonNode> cases = new ArrayList<>();
      for (Path file : files.toList()) {
        cases.add(Yaml.read(file));
      }
      return cases;
    }
  }
}
