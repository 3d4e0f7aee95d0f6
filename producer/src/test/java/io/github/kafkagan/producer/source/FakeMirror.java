package io.github.kafkagan.producer.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A site that publishes files, and misbehaves when told to. */
final class FakeMirror implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Manner manner = Manner.SOUND;

  enum Manner {
    SOUND,
    /** Sends half of what it announced, then hangs up. */
    BREAKS_OFF,
    /** Sends half of what it announced, then nothing. */
    STALLS,
    /** Does not answer at all. */
    SILENT,
    /** Answers a request for a range with the whole file. */
    IGNORES_RANGES
  }

  FakeMirror() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/set/");
  }

  void publish(String name, byte[] content) {
    files.put("/set/" + name, content);
  }

  void behave(Manner next) {
    manner = next;
  }

  /** File name and range of every request. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String path = exchange.getRequestURI().getPath();
    requests.add(path.substring(path.lastIndexOf('/') + 1) + (range == null ? "" : " " + range));
    byte[] content = files.get(path);
    try (exchange) {
      if (manner == Manner.SILENT) {
        awaitClose();
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (range == null || manner == Manner.IGNORES_RANGES) {
        send(exchange, 200, content, 0);
      } else {
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= content.length) {
          exchange.sendResponseHeaders(416, -1);
        } else {
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Range",
                  "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
          send(exchange, 206, content, from);
        }
      }
    }
  }

  private void send(HttpExchange exchange, int status, byte[] content, int from)
      throws IOException {
    int length = content.length - from;
    boolean whole = manner == Manner.SOUND || manner == Manner.IGNORES_RANGES;
    exchange.sendResponseHeaders(status, length);
    exchange.getResponseBody().write(content, from, whole ? length : length / 2);
    exchange.getResponseBody().flush();
    if (manner == Manner.STALLS) {
      awaitClose();
    }
  }

  private void awaitClose() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
