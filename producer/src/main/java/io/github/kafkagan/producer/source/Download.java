package io.github.kafkagan.producer.source;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches one file, going on where an interrupted transfer ended.
 *
 * @param patience how long a site may be silent, before its answer and within it
 */
record Download(HttpClient client, Duration patience) {
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** A client that follows redirects and gives a connection a few seconds. */
  static Download withPatience(Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    return new Download(client, patience);
  }

  /**
   * Appends to the part what it still lacks.
   *
   * @param part kept when the transfer breaks off, so that the next call resumes it
   * @return empty when the part is complete, else why it is not
   */
  Optional<String> to(Path part, URI address) throws IOException, InterruptedException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    var progress = new DownloadProgress(part.getFileName().toString());
    CompletableFuture<HttpResponse<Path>> exchange =
        client.sendAsync(
            request.build(),
            info -> {
              long length = info.headers().firstValueAsLong("Content-Length").orElse(-1);
              return switch (info.statusCode()) {
                case HttpURLConnection.HTTP_OK -> {
                  progress.expect(length);
                  yield BodySubscribers.ofFile(part, CREATE, WRITE, TRUNCATE_EXISTING);
                }
                case HttpURLConnection.HTTP_PARTIAL -> {
                  progress.expect(have + length);
                  yield startsAt(info.headers(), have)
                      ? BodySubscribers.ofFile(part, WRITE, APPEND)
                      : BodySubscribers.replacing(part);
                }
                default -> BodySubscribers.replacing(part);
              };
            });
    try {
      return outcome(await(exchange, part, progress), part, have);
    } catch (TimeoutException e) {
      return Optional.of("silent for " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of(reason(e.getCause() == null ? e : e.getCause()));
    } finally {
      exchange.cancel(true);
    }
  }

  /** Waits for the end of the transfer for as long as bytes keep coming. */
  private HttpResponse<Path> await(
      CompletableFuture<HttpResponse<Path>> exchange, Path part, DownloadProgress progress)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    long seen = -1;
    long lastChange = System.nanoTime();
    while (true) {
      try {
        return exchange.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long size = Files.exists(part) ? Files.size(part) : 0;
        if (size != seen) {
          seen = size;
          lastChange = System.nanoTime();
          progress.show(size);
        } else if (System.nanoTime() - lastChange > patience.toNanos()) {
          throw e;
        }
      }
    }
  }

  private static Optional<String> outcome(HttpResponse<Path> response, Path part, long have)
      throws IOException {
    return switch (response.statusCode()) {
      case HttpURLConnection.HTTP_OK -> Optional.empty();
      case HttpURLConnection.HTTP_PARTIAL ->
          startsAt(response.headers(), have)
              ? Optional.empty()
              : Optional.of("answered with another range than the one asked for");
      // The part is already as long as the file, or longer: its hash decides which.
      case 416 -> Files.exists(part) ? Optional.empty() : Optional.of("HTTP 416");
      default -> Optional.of("HTTP " + response.statusCode());
    };
  }

  /** The client's exceptions often have no message. */
  private String reason(Throwable failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no answer within " + patience.toSeconds() + " s";
    }
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static boolean startsAt(HttpHeaders headers, long offset) {
    return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
  }
}
