package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.local.observe.Dashboard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana does not complain of, and people would. */
class DashboardsTest {
  private static final int COLUMNS = 24;
  private static final Pattern LINKED = Pattern.compile("/d/([a-z-]+)(?:\\?.*)?");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?!__)([a-z]+)");

  @Test
  void dashboardsHaveIdsOfTheirOwn() {
    assertThat(Dashboard.all()).hasSize(3);
    assertThat(Dashboard.all())
        .extracting(Dashboard::uid)
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @ParameterizedTest
  @MethodSource("all")
  void panelsHaveIdsAndPlacesOfTheirOwn(Dashboard dashboard) {
    assertThat(dashboard.items())
        .extracting(item -> item.get("id").asInt())
        .doesNotHaveDuplicates();
    List<JsonNode> placed = new ArrayList<>();
    for (JsonNode item : dashboard.items()) {
      JsonNode place = item.get("gridPos");
      assertThat(place.get("x").asInt() + place.get("w").asInt())
          .as("right edge of %s", item.get("title"))
          .isLessThanOrEqualTo(COLUMNS);
      assertThat(placed).as("%s", item.get("title")).noneMatch(other -> overlap(place, other));
      placed.add(place);
    }
  }

  private static boolean overlap(JsonNode a, JsonNode b) {
    return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
  }

  private static boolean overlap(JsonNode a, JsonNode b, String from, String length) {
    int aFrom = a.get(from).asInt();
    int bFrom = b.get(from).asInt();
    return aFrom < bFrom + b.get(length).asInt() && bFrom < aFrom + a.get(length).asInt();
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelSaysWhatItShows(Panel panel) {
    assertThat(panel.title()).isNotBlank();
    assertThat(panel.json().path("description").asText()).endsWith(".");
    assertThat(panel.json().at("/fieldConfig/defaults/unit").asText()).isNotBlank();
    assertThat(panel.targets()).isNotEmpty();
    assertThat(panel.targets())
        .extracting(target -> target.get("refId").asText())
        .doesNotHaveDuplicates();
    assertThat(panel.targets())
        .extracting(target -> target.get("legendFormat").asText())
        .allSatisfy(legend -> assertThat(legend).isNotBlank().isNotEqualTo("__auto"))
        .doesNotHaveDuplicates();
  }

  @Test
  void everythingAsksTheDataSourceThatIsProvisioned() throws IOException {
    String provisioned =
        Yaml.read(ObserveFiles.GRAFANA.resolve("provisioning/datasources/prometheus.yml"))
            .at("/datasources/0/uid")
            .asText();
    List<String> asked = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      dashboard.variables().forEach(variable -> asked.add(variable.at("/datasource/uid").asText()));
      dashboard.annotations().forEach(item -> asked.add(item.at("/datasource/uid").asText()));
      for (Panel panel : dashboard.panels()) {
        asked.add(panel.json().at("/datasource/uid").asText());
        panel.targets().forEach(target -> asked.add(target.at("/datasource/uid").asText()));
      }
    }
    assertThat(asked).hasSizeGreaterThan(100).containsOnly(provisioned);
  }

  @ParameterizedTest
  @MethodSource("all")
  void linksLeadToTheOtherDashboards(Dashboard dashboard) {
    List<String> linked =
        dashboard.links().stream().map(link -> linkedUid(link.get("url").asText())).toList();
    assertThat(linked)
        .containsExactlyInAnyOrderElementsOf(
            Dashboard.all().stream()
                .map(Dashboard::uid)
                .filter(uid -> !uid.equals(dashboard.uid()))
                .toList());
  }

  private static String linkedUid(String url) {
    Matcher matcher = LINKED.matcher(url);
    assertThat(matcher.matches()).as(url).isTrue();
    return matcher.group(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void variablesThatAreUsedAreThereAndTheOtherWayRound(Dashboard dashboard) {
    List<String> known =
        dashboard.variables().stream().map(variable -> variable.get("name").asText()).toList();
    Matcher used = VARIABLE.matcher(dashboard.json().toString());
    assertThat(used.results().map(result -> result.group(1)).distinct())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void dashboardsAreWhereTheProviderLooks() throws IOException {
    JsonNode provider =
        Yaml.read(ObserveFiles.GRAFANA.resolve("provisioning/dashboards/kafka-gan.yml"));
    // Where the compose stack mounts the folder
    assertThat(provider.at("/providers/0/options/path").asText())
        .isEqualTo("/var/lib/grafana/dashboards");
    assertThat(Files.isDirectory(ObserveFiles.GRAFANA.resolve("dashboards"))).isTrue();
  }

  static List<Dashboard> all() {
    return Dashboard.all();
  }

  static List<Panel> panels() {
    return Dashboard.all().stream().flatMap(dashboard -> dashboard.panels().stream()).toList();
  }
}
