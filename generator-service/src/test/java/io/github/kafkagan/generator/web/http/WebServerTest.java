package io.github.kafkagan.generator.web.http;

import static io.github.kafkagan.generator.web.http.OfflineServer.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.process.UserError;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The server without a broker: it answers all the same. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
  private final OfflineServer offline = new OfflineServer();
  private final Http http = offline.http();

  @AfterAll
  void stop() {
    offline.close();
  }

  @Test
  void theOpenApiDocumentHasEveryRouteAndNoOther() {
    JsonNode document = http.json("/openapi.json");
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        documented.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }

    assertThat(documented)
        .isEqualTo(
            offline.routes().all().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(document.get("openapi").asText()).startsWith("3.1");
  }

  @Test
  void everythingThatThePageRefersToIsThere() {
    Pattern reference = Pattern.compile("(?:href|src|from|import)[= ]\"(/[^\"#]*|\\./[^\"]*)\"");
    List<String> open = new ArrayList<>(List.of("/"));
    Set<String> seen = new TreeSet<>();
    while (!open.isEmpty()) {
      String path = open.remove(open.size() - 1);
      if (seen.add(path)) {
        HttpResponse<String> file = http.get(path);
        assertThat(file.statusCode()).as(path).isEqualTo(200);
        if (!path.startsWith("/webjars/")) {
          Matcher matcher = reference.matcher(file.body());
          while (matcher.find()) {
            open.add(URI.create(path).resolve(matcher.group(1)).getPath());
          }
        }
      }
    }
    assertThat(seen)
        .contains("/page/main.js", "/page/watch.js", "/page/chart.js", "/page/views.css")
        .anyMatch(path -> path.endsWith("/uPlot.esm.js"))
        .anyMatch(path -> path.endsWith("/uPlot.min.css"));
  }

  @Test
  void everyAnswerSaysWhatABrowserMayDoWithIt() {
    for (String path : List.of("/", "/page/main.js", "/api/models", "/no-such-thing")) {
      HttpResponse<String> answer = http.get(path);

      assertThat(header(answer, "content-security-policy"))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
      assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
      assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
      assertThat(answer.headers().firstValue("server")).isEmpty();
    }
  }

  @Test
  void thePageIsAskedForAgainAndItsLibrariesAreNot() {
    HttpResponse<String> page = http.get("/");

    assertThat(header(page, "cache-control")).isEqualTo("no-cache");
    assertThat(http.get("/", "If-None-Match", header(page, "etag")).statusCode()).isEqualTo(304);
    assertThat(http.get("/", "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
    assertThat(header(http.get("/webjars/uplot/1.6.30/dist/uPlot.esm.js"), "cache-control"))
        .contains("immutable");
    assertThat(header(http.get("/api/models"), "cache-control")).isEqualTo("no-store");
  }

  @Test
  void nothingElseOnTheClassPathCanBeRead() {
    for (String path :
        List.of(
            "/page/..%2f..%2fGeneratorService.class",
            "/page/%2e%2e/http/WebServer.class",
            "/page/nothing.js",
            "/page/.html",
            "/page/",
            "/webjars/uplot/../dist/uPlot.esm.js",
            "/webjars/uplot/1.6.30/dist/..%2f..%2fpackage.json",
            "/simplelogger.properties")) {
      assertThat(http.get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void whatIsNotThereAndWhatIsNotAllowedAreErrorsInJson() {
    assertError(http.get("/no-such-thing"), 404, "not-found");
    assertError(http.get("/api/generate"), 405, "method-not-allowed");
    assertError(http.get("/api/samples/abc.png"), 404, "not-found");
    assertError(http.get("/api/samples/7.png"), 404, "not-found");
    assertThat(header(http.get("/api/generate"), "allow")).isEqualTo("POST");
  }

  @Test
  void requestsForImagesMustBeJsonOfAReasonableLength() {
    assertError(http.post("/api/generate", "{}", "Content-Type", "text/plain"), 415, "unsupported");
    assertError(http.post("/api/generate", "{}", "X-None", "none"), 415, "unsupported");
    String tooLong = "{\"id\": \"" + "x".repeat(OfflineServer.MAX_REQUEST_BYTES) + "\"}";
    assertError(http.post("/api/generate", tooLong), 413, "request-too-large");
    assertError(http.post("/api/generate", "{"), 400, "malformed-json");
    assertError(http.post("/api/generate", "{\"count\": -1}"), 400, "count-out-of-range");
    assertError(http.post("/api/generate", "{\"model\": \"none\"}"), 404, "unknown-model");
    assertError(http.post("/api/generate", "{}"), 503, "no-checkpoint-yet");
  }

  @Test
  void otherSitesAreRefused() {
    String own = offline.url();

    assertError(
        http.post(
            "/api/generate", "{}", "Content-Type", "application/json", "Origin", "http://a.b"),
        403,
        "foreign-origin");
    assertError(http.get("/api/events", "Sec-Fetch-Site", "cross-site"), 403, "foreign-origin");
    assertError(
        http.post("/api/generate", "{}", "Content-Type", "application/json", "Origin", own),
        503,
        "no-checkpoint-yet");
    assertThat(http.statusFor("evil.example")).isEqualTo(403);
    assertThat(http.statusFor("localhost")).isEqualTo(200);
  }

  @Test
  void withoutABrokerTheStatusSaysSo() {
    JsonNode status = http.json("/api/status");

    assertThat(status.at("/parts/0/name").asText()).isEqualTo("broker");
    assertThat(status.at("/parts/0/state").asText()).isEqualTo("down");
    assertThat(status.at("/parts/0/why").asText()).isEqualTo("No broker answers at 127.0.0.1:1.");
    assertThat(status.at("/parts/3/why").asText()).isEqualTo("No broker.");
    assertThat(http.json("/api/models").at("/models/0/name").asText()).isEqualTo("digits");
    assertThat(http.json("/api/samples").get("sheets")).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsOneLine() {
    int port = URI.create(offline.url()).getPort();

    assertThatThrownBy(
            () ->
                WebServer.start(
                    new WebServer.Settings("127.0.0.1", port, Set.of(), 1_000), offline.routes()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "cannot serve the page at 127.0.0.1:%d: Address already in use; --http-port chooses"
                + " another port",
            port);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
