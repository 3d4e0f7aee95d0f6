package io.github.kafkagan.generator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.generator.web.http.Http;
import io.github.kafkagan.generator.web.http.WebServer;
import io.github.kafkagan.pipeline.observe.Metrics;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A service in this process with its page, on topics of its own. */
final class RunningPage implements AutoCloseable {
  private static final WebServer.Settings FREE_PORT =
      new WebServer.Settings("127.0.0.1", 0, Set.of(), 1 << 20);

  private final TestPipeline pipeline;
  private final TrainingTopics training;
  private final Metrics metrics = new Metrics();
  private final GeneratorService service;
  private final Http http;

  RunningPage(String bootstrapServers) throws Exception {
    pipeline = new TestPipeline(bootstrapServers);
    training = new TrainingTopics(pipeline);
    service = pipeline.service(metrics);
    http = new Http(service.openPage(FREE_PORT));
  }

  TestPipeline pipeline() {
    return pipeline;
  }

  TrainingTopics training() {
    return training;
  }

  Metrics metrics() {
    return metrics;
  }

  Http http() {
    return http;
  }

  /** Publishes an untrained generator, and waits until it is served. */
  void publish(long version) {
    pipeline.publish(RunningService.checkpoint(version));
    Await.until(() -> http.json("/api/status").at("/served/version").asLong() == version);
  }

  /** What the page says of a part of the pipeline. */
  JsonNode part(String name) {
    return StreamSupport.stream(http.json("/api/status").get("parts").spliterator(), false)
        .filter(part -> part.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    service.close();
    metrics.close();
    training.close();
    pipeline.close();
  }
}
