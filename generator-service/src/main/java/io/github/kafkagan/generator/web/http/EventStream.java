package io.github.kafkagan.generator.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.generator.web.feed.History;
import io.github.kafkagan.generator.web.feed.TrainingRecord;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The training topic as server-sent events: what is remembered first, then what comes. Each
 * follower reads at its own pace, so that a slow one holds up nobody and misses what is thinned
 * meanwhile.
 */
final class EventStream {
  /** A thread each. */
  static final int MAX_FOLLOWERS = 32;

  /** Often enough to find out who has gone, and that proxies keep the connection. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final History<TrainingRecord> events;
  private final Semaphore free = new Semaphore(MAX_FOLLOWERS);

  EventStream(History<TrainingRecord> events, MeterRegistry registry) {
    this.events = events;
    Gauge.builder(
            MetricNames.GENERATOR_PAGE_FOLLOWERS,
            free,
            left -> MAX_FOLLOWERS - left.availablePermits())
        .description("Browsers and others that follow training over HTTP")
        .register(registry);
  }

  /** Answers until the follower goes, or the service ends. */
  void follow(Context context) {
    if (!free.tryAcquire()) {
      throw new WebException(
          503, "too-many-followers", "%d follow training already".formatted(MAX_FOLLOWERS));
    }
    try {
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("utf-8");
      context.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
      send(context.res().getOutputStream(), place(context));
    } catch (IOException e) {
      // The follower has gone, which is how following ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server is being stopped.
    } finally {
      free.release();
    }
  }

  /** A follower who comes back goes on where it was. */
  private History.Place place(Context context) {
    Optional<String> last = Answers.header(context, "Last-Event-ID");
    try {
      return last.map(Long::parseLong).map(events::placeAfter).orElseGet(events::beginning);
    } catch (NumberFormatException e) {
      return events.beginning();
    }
  }

  private void send(ServletOutputStream out, History.Place start)
      throws IOException, InterruptedException {
    out.write("retry: 2000\n\n".getBytes(UTF_8));
    out.flush();
    Optional<History.Update<TrainingRecord>> update = events.await(start, HEARTBEAT);
    while (update.isPresent()) {
      send(out, update.get());
      update = events.await(update.get().place(), HEARTBEAT);
    }
  }

  private static void send(ServletOutputStream out, History.Update<TrainingRecord> update)
      throws IOException {
    if (update.fromBeginning()) {
      out.write("event: reset\ndata: {}\n\n".getBytes(UTF_8));
    }
    for (TrainingRecord event : update.records()) {
      String head = "id: %d\nevent: %s\ndata: ".formatted(event.offset(), event.type());
      out.write(head.getBytes(UTF_8));
      out.write(event.json());
      out.write("\n\n".getBytes(UTF_8));
    }
    if (update.records().isEmpty()) {
      out.write(": still here\n\n".getBytes(UTF_8));
    }
    out.flush();
  }
}
