package io.github.kafkagan.generator.web;

import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.web.feed.EventFeed;
import io.github.kafkagan.generator.web.http.Routes;
import io.github.kafkagan.generator.web.http.WebServer;
import io.github.kafkagan.generator.web.status.ImageProbe;
import io.github.kafkagan.generator.web.status.StatusReport;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** The page and its API as parts of a running service, in the order in which data passes them. */
public final class WebPage implements AutoCloseable {
  private final EventFeed feed;
  private final ImageProbe probe;
  private final WebServer server;

  private WebPage(EventFeed feed, ImageProbe probe, WebServer server) {
    this.feed = feed;
    this.probe = probe;
    this.server = server;
  }

  /**
   * What the page shows and who answers its requests; all of it is owned by the caller.
   *
   * @param clientProperties for every Kafka client
   * @param readiness whether requests get images
   */
  public record Sources(
      Topics topics,
      Map<String, Object> clientProperties,
      Admin admin,
      ServedModels models,
      Sampler sampler,
      Supplier<Readiness> readiness,
      MeterRegistry registry) {}

  /**
   * Starts the page.
   *
   * @throws io.github.kafkagan.pipeline.process.UserError if the port is taken
   */
  public static WebPage start(WebServer.Settings settings, Sources sources) {
    Topics topics = sources.topics();
    EventFeed feed =
        EventFeed.start(topics, sources.clientProperties(), sources.admin(), sources.registry());
    ImageProbe probe =
        ImageProbe.start(topics.images().name(), sources.clientProperties(), sources.admin());
    StatusReport status =
        new StatusReport(
            String.valueOf(
                sources.clientProperties().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)),
            probe,
            feed,
            sources.models(),
            sources.readiness(),
            sources.registry());
    try {
      WebServer server =
          WebServer.start(
              settings,
              new Routes(sources.models(), sources.sampler(), feed, status, sources.registry()));
      return new WebPage(feed, probe, server);
    } catch (RuntimeException e) {
      feed.close();
      probe.close();
      throw e;
    }
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return server.url();
  }

  @Override
  public void close() {
    // Followers of the feed end first; the server would wait for them.
    feed.close();
    server.close();
    probe.close();
  }
}
