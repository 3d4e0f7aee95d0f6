package io.github.kafkagan.generator.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.generator.web.feed.EventFeed;
import io.github.kafkagan.generator.web.status.ImageProbe;
import io.github.kafkagan.generator.web.status.StatusReport;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** The page's server, started without a broker: it answers all the same. */
final class OfflineServer implements AutoCloseable {
  static final int MAX_REQUEST_BYTES = 10_000;
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
  private final WebServer server =
      WebServer.start(new WebServer.Settings("127.0.0.1", 0, Set.of(), MAX_REQUEST_BYTES), routes);
  private final Http http = new Http(server.url());

  String url() {
    return server.url();
  }

  Http http() {
    return http;
  }

  Routes routes() {
    return routes;
  }

  /** Followers of events that the server has now. */
  double followers() {
    return registry.get("gan.generator.page.followers").gauge().value();
  }

  /** The answer is an error of this status and code, as JSON with a message. */
  static void assertError(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = Http.parsed(answer).path("error");
    assertThat(error.path("code").asText()).startsWith(code);
    assertThat(error.path("message").asText()).isNotBlank();
  }

  @Override
  public void close() {
    feed.close();
    server.close();
    probe.close();
    admin.close(Duration.ZERO);
    sampler.close();
    models.close();
  }
}
