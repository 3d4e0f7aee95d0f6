package io.github.kafkagan.local.figures;

import io.github.kafkagan.pipeline.observe.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the processes' metrics; of one that does not answer, what it said last stands. */
public final class Scraper {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Map<URI, PrometheusText> last = new LinkedHashMap<>();
  private final URI producer;
  private final URI trainer;
  private final URI generator;
  private final String model;

  /** For the processes with these operations addresses and that model. */
  public Scraper(URI producer, URI trainer, URI generator, String model) {
    this.producer = producer;
    this.trainer = trainer;
    this.generator = generator;
    this.model = model;
  }

  /** The newest figures. */
  public Figures scrape() throws InterruptedException {
    return Figures.of(text(producer), text(trainer), text(generator), model);
  }

  private PrometheusText text(URI ops) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(ops.resolve("/metrics")).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        last.put(ops, PrometheusText.parse(response.body()));
      }
    } catch (IOException notAnswering) {
      // Not up yet, ended, or too busy for now; whether the process lives is not decided here.
    }
    return last.getOrDefault(ops, PrometheusText.EMPTY);
  }
}
