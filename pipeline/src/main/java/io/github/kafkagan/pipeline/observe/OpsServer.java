package io.github.kafkagan.pipeline.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.process.UserError;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics} for Prometheus, {@code /health/live} (the process answers) and {@code
 * /health/ready} (it can do its work: 200, else 503, with the reason as JSON).
 */
public final class OpsServer implements AutoCloseable {
  /** Beyond a scraper and a supervisor, for clients that are slow or gone. */
  private static final int THREADS = 8;

  /**
   * Whoever has not sent all of its request by then is cut off. The server has no other way to set
   * it, reads it once per process, and without it a few silent clients would be its end.
   */
  private static final String REQUEST_SECONDS = "sun.net.httpserver.maxReqTime";

  private final HttpServer server;
  private final ExecutorService threads;

  private OpsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts the server.
   *
   * @param port 0 takes a free one
   * @throws UserError if the port is taken
   */
  public static OpsServer start(
      String host, int port, Metrics metrics, Supplier<Readiness> readiness) {
    System.getProperties().putIfAbsent(REQUEST_SECONDS, "3");
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
      ExecutorService threads =
          Executors.newFixedThreadPool(
              THREADS,
              task -> {
                Thread thread = new Thread(task, "ops");
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(threads);
      server.createContext("/metrics", new MetricsHandler(metrics.scraped()));
      server.createContext(
          "/health/live", exchange -> answer(exchange, Readiness.ready("the process answers")));
      server.createContext("/health/ready", exchange -> answer(exchange, readiness.get()));
      server.start();
      return new OpsServer(server, threads);
    } catch (IOException | IllegalArgumentException e) {
      throw UserError.failed(
          "cannot serve metrics at %s:%d: %s".formatted(host, port, e.getMessage()));
    }
  }

  /** Where the server listens, such as {@code http://127.0.0.1:9401}. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d".formatted(address.getHostString(), address.getPort());
  }

  private static void answer(HttpExchange exchange, Readiness readiness) throws IOException {
    byte[] body = Json.bytes(readiness);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(readiness.ready() ? 200 : 503, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
