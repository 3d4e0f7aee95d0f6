package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.web.feed.EventFeed;
import io.github.kafkagan.generator.web.status.StatusReport;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * What is at which address; {@code openapi.json} describes the same.
 *
 * @param models what is served
 * @param sampler makes the images
 * @param feed what is remembered of training
 * @param status how the pipeline is
 */
public record Routes(
    ServedModels models,
    Sampler sampler,
    EventFeed feed,
    StatusReport status,
    MeterRegistry registry) {
  /** Following them takes a thread, which other sites shall not take. */
  static final String EVENTS = "/api/events";

  /** A route; the path has parameters in braces. */
  record Route(HandlerType method, String path, Handler handler) {}

  /** All routes. */
  List<Route> all() {
    GenerateApi generate = new GenerateApi(sampler, registry);
    ModelsApi list = new ModelsApi(models);
    SamplesApi samples = new SamplesApi(feed.sheets(), models);
    EventStream events = new EventStream(feed.events(), registry);
    return List.of(
        new Route(HandlerType.GET, "/", PageFiles::index),
        new Route(HandlerType.GET, "/page/{file}", PageFiles::part),
        new Route(HandlerType.GET, "/webjars/uplot/{version}/dist/{file}", PageFiles::library),
        new Route(HandlerType.GET, "/openapi.json", PageFiles::openApi),
        new Route(HandlerType.GET, "/api/models", list::list),
        new Route(HandlerType.POST, "/api/generate", generate::generate),
        new Route(HandlerType.GET, EVENTS, events::follow),
        new Route(HandlerType.GET, "/api/samples", samples::list),
        new Route(HandlerType.GET, "/api/samples/{offset}.png", samples::file),
        new Route(HandlerType.GET, "/api/status", this::status));
  }

  private void status(Context context) {
    String model = Answers.query(context, "model").orElse(models.defaultModel());
    Answers.json(context, status.of(model));
  }
}
