package io.github.kafkagan.local.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.local.DemoRun;
import io.github.kafkagan.local.Digits;
import io.github.kafkagan.local.observe.Dashboard.Panel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus watches the pipeline: panels have something to show, and rules a base. */
@Timeout(400)
class MetricsIT {
  /** And seldom: two that are rougher than the one before could be taken for a collapse. */
  private static final Map<String, String> EVALUATE_SOON =
      Map.of(
          "GAN_CLASSIFIER_BATCHES", "60",
          "GAN_EVALUATE_EVERY", "40s",
          "GAN_EVALUATE_IMAGES", "256");

  private static final String PROMETHEUS_OWN = "ALERTS";
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?<series>.*), (?<label>\\w+)\\)");

  @TempDir private Path folder;

  @Test
  void everyPanelHasDataAndEveryRuleTheMetricsItNames() throws Exception {
    assumeTrue(Prometheus.isInstalled(), "needs Prometheus: apt-get install prometheus");
    String data = "--data-dir=" + Digits.write(folder.resolve("data"));
    try (DemoRun demo = DemoRun.start(folder, EVALUATE_SOON, "--preset=digits", data)) {
      demo.awaitAllProcesses();
      try (Prometheus prometheus = watch(demo)) {
        String page = demo.pipeline().get("pageUrl").asText();
        demo.await("there is a generator", () -> generate(page, "{}") == 200);
        assertThat(generate(page, "{\"count\": -1}")).isEqualTo(400);

        awaitData(demo, prometheus, panelExpressions());
        awaitData(demo, prometheus, seriesOfPanelsAnnotationsAndAlerts(prometheus));
        awaitData(demo, prometheus, recorded(prometheus));

        assertThat(prometheus.rules())
            .filteredOn(rule -> rule.path("type").asText().equals("alerting"))
            .hasSizeGreaterThan(10)
            .allSatisfy(rule -> assertThat(rule.path("health").asText()).isEqualTo("ok"))
            .noneMatch(rule -> rule.path("state").asText().equals("firing"));
        assertVariablesHaveValues(prometheus);
        Map<String, String> ours = new TreeMap<>(prometheus.help());
        ours.keySet().removeIf(metric -> !metric.startsWith("gan_"));
        assertThat(ours)
            .hasSizeGreaterThan(30)
            .allSatisfy((metric, help) -> assertThat(help).as(metric).isNotEmpty());
      }
    }
  }

  private Prometheus watch(DemoRun demo) throws Exception {
    JsonNode processes = demo.pipeline().get("processes");
    Prometheus prometheus =
        Prometheus.start(
            Files.createDirectories(folder.resolve("prometheus")),
            Map.of(
                "producer:9401", address(processes, "producer"),
                "trainer:9402", address(processes, "trainer"),
                "generator-service:9403", address(processes, "generator-service")));
    demo.await("Prometheus answers", prometheus::isReady);
    return prometheus;
  }

  private static String address(JsonNode processes, String name) {
    return URI.create(processes.at("/" + name + "/opsUrl").asText()).getAuthority();
  }

  private static int generate(String page, String request) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(page + "/api/generate"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(request))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** By what it is for. */
  private static Map<String, String> panelExpressions() {
    Map<String, String> expressions = new LinkedHashMap<>();
    for (Panel panel : panels().toList()) {
      for (JsonNode target : panel.targets()) {
        String name = panel + ", " + target.get("refId").asText();
        expressions.put(name, substituted(target.get("expr").asText()));
      }
    }
    assertThat(expressions).hasSizeGreaterThan(80);
    return expressions;
  }

  /** Also of what is silent as long as all is well: only that what it names is there. */
  private static Map<String, String> seriesOfPanelsAnnotationsAndAlerts(Prometheus prometheus) {
    Stream<String> annotations =
        Dashboard.all().stream()
            .flatMap(dashboard -> dashboard.annotations().stream())
            .map(annotation -> annotation.get("expr").asText());
    Set<String> selectors = new TreeSet<>();
    Stream.concat(
            annotations,
            Stream.concat(
                panels()
                    .flatMap(panel -> panel.targets().stream())
                    .map(t -> t.get("expr").asText()),
                prometheus.rules().stream().map(rule -> rule.get("query").asText())))
        .flatMap(expression -> Selectors.of(substituted(expression)).stream())
        .filter(selector -> !selector.startsWith(PROMETHEUS_OWN))
        .forEach(selectors::add);
    assertThat(selectors).hasSizeGreaterThan(80);
    Map<String, String> bySelf = new LinkedHashMap<>();
    selectors.forEach(selector -> bySelf.put(selector, selector));
    return bySelf;
  }

  private static Map<String, String> recorded(Prometheus prometheus) {
    Map<String, String> recorded = new LinkedHashMap<>();
    prometheus.rules().stream()
        .filter(rule -> rule.path("type").asText().equals("recording"))
        .map(rule -> rule.get("name").asText())
        .forEach(name -> recorded.put(name, name));
    assertThat(recorded).hasSizeGreaterThan(10);
    return recorded;
  }

  private static void assertVariablesHaveValues(Prometheus prometheus) {
    for (Dashboard dashboard : Dashboard.all()) {
      for (JsonNode variable : dashboard.variables()) {
        String query = variable.at("/query/query").asText();
        Matcher matcher = LABEL_VALUES.matcher(substituted(query));
        assertThat(matcher.matches()).as(query).isTrue();
        assertThat(prometheus.values(matcher.group("series"), matcher.group("label")))
            .as("%s, %s", dashboard, query)
            .isNotEmpty();
      }
    }
  }

  /** Waits for the first evaluation, for rates to have a begin and an end, and so on. */
  private static void awaitData(
      DemoRun demo, Prometheus prometheus, Map<String, String> expressions)
      throws InterruptedException {
    Map<String, String> missing = new LinkedHashMap<>(expressions);
    demo.await(
        () -> {
          missing.values().removeIf(prometheus::hasData);
          return "there is data for " + missing;
        },
        () -> hasAll(prometheus, missing.values().iterator()));
  }

  /** One after the other, since all of them ten times a second would keep the machine busy. */
  private static boolean hasAll(Prometheus prometheus, Iterator<String> missing) {
    while (missing.hasNext()) {
      if (!prometheus.hasData(missing.next())) {
        return false;
      }
      missing.remove();
    }
    return true;
  }

  private static Stream<Panel> panels() {
    return Dashboard.all().stream().flatMap(dashboard -> dashboard.panels().stream());
  }

  /** What Grafana does with variables for all values. */
  private static String substituted(String expression) {
    return expression
        .replace("$__rate_interval", "1m")
        .replace("$model", ".*")
        .replace("$instance", ".*")
        .replace("$job", ".*");
  }
}
