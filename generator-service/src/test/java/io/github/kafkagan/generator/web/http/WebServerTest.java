package io.github.kafkagan.generator.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.generator.web.feed.EventFeed;
import io.github.kafkagan.generator.web.status.ImageProbe;
import io.github.kafkagan.generator.web.status.StatusReport;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.UserError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The server without a broker: it answers all the same. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
  private static final int MAX_REQUEST_BYTES = 10_000;
  private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "127.0.0.1:1");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Topics topics = new Topics("gan.");
  private final ServedModels models = TestManifests.none("digits");
  private final Sampler sampler =
      Sampler.start(
          new SamplerSettings(8, Duration.ZERO, Duration.ofMillis(50)),
          models,
          TestManifests.discriminators(),
          registry);
  private final Admin admin = Admin.create(NO_BROKER);
  private final EventFeed feed = EventFeed.start(topics, NO_BROKER, admin, registry);
  private final ImageProbe probe = ImageProbe.start("gan.images", NO_BROKER, admin);
  private final Routes routes =
      new Routes(
          models,
          sampler,
          feed,
          new StatusReport(
              "127.0.0.1:1", probe, feed, models, () -> Readiness.notReady("no broker"), registry),
          registry);
  private WebServer server;
  private Http http;

  @BeforeAll
  void start() {
    server =
        WebServer.start(
            new WebServer.Settings("127.0.0.1", 0, Set.of(), MAX_REQUEST_BYTES), routes);
    http = new Http(server.url());
  }

  @AfterAll
  void stop() {
    feed.close();
    server.close();
    probe.close();
    admin.close(Duration.ZERO);
    sampler.close();
    models.close();
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
            routes.all().stream()
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
    String tooLong = "{\"id\": \"" + "x".repeat(MAX_REQUEST_BYTES) + "\"}";
    assertError(http.post("/api/generate", tooLong), 413, "request-too-large");
    assertError(http.post("/api/generate", "{"), 400, "malformed-json");
    assertError(http.post("/api/generate", "{\"count\": -1}"), 400, "count-out-of-range");
    assertError(http.post("/api/generate", "{\"model\": \"none\"}"), 404, "unknown-model");
    assertError(http.post("/api/generate", "{}"), 503, "no-checkpoint-yet");
  }

  @Test
  void otherSitesAreRefused() {
    String own = server.url();

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
  void followersAreBoundedAndLeaveRoomWhenTheyGo() throws Exception {
    List<InputStream> followers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.MAX_FOLLOWERS; i++) {
        followers.add(http.open("/api/events"));
      }
      assertError(http.get("/api/events"), 503, "too-many-followers");
    } finally {
      for (InputStream follower : followers) {
        follower.close();
      }
    }
    // Who has gone is noticed at the next heartbeats.
    Await.until(() -> followers() == 0);
  }

  @Test
  void clientsThatTakeTheirTimeHoldUpNobodyElse() throws Exception {
    String slowHead = "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    String slowBody =
        "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{";
    List<Socket> slow = new ArrayList<>();
    try {
      // More than there are threads, each of which says a little and then waits
      for (int i = 0; i < 300; i++) {
        slow.add(http.begin(i % 2 == 0 ? slowHead : slowBody));
      }
      assertThat(http.get("/api/models").statusCode()).isEqualTo(200);
      assertError(http.post("/api/generate", "{}"), 503, "no-checkpoint-yet");

      // More than there may be connections: those that are silent make room
      for (int i = slow.size(); i < SlowClients.MAX_CONNECTIONS + 20; i++) {
        slow.add(http.begin(i % 2 == 0 ? slowHead : slowBody));
      }
      assertThat(new Http(server.url()).get("/api/models").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aRequestThatEndsEarlyIsItsSendersMistake() throws Exception {
    try (Socket socket =
        http.begin(
            "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{")) {
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("request-incomplete");
    }
  }

  @Test
  void headersWithoutEndAreRefused() {
    assertThat(http.get("/", "X-Long", "x".repeat(20_000)).statusCode()).isEqualTo(431);
  }

  private double followers() {
    return registry.get("gan.generator.page.followers").gauge().value();
  }

  @Test
  void aPortThatIsTakenIsOneLine() {
    int port = URI.create(server.url()).getPort();

    assertThatThrownBy(
            () ->
                WebServer.start(new WebServer.Settings("127.0.0.1", port, Set.of(), 1_000), routes))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "cannot serve the page at 127.0.0.1:%d: Address already in use; --http-port chooses"
                + " another port",
            port);
  }

  private static void assertError(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = Http.parsed(answer).path("error");
    assertThat(error.path("code").asText()).startsWith(code);
    assertThat(error.path("message").asText()).isNotBlank();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
