package io.github.kafkagan.generator.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the page's API. */
public final class Http {
  private static final String[] JSON = {"Content-Type", "application/json"};

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  public Http(String url) {
    server = URI.create(url);
  }

  /** The answer; headers are names and values by turns. */
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).build(), BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> bytes(String path) {
    return send(request(path).build(), BodyHandlers.ofByteArray());
  }

  public JsonNode json(String path) {
    return parsed(get(path));
  }

  public static JsonNode parsed(HttpResponse<String> answer) {
    return parsed(answer.body());
  }

  public static JsonNode parsed(String json) {
    return Json.read(json.getBytes(UTF_8), JsonNode.class);
  }

  /** The answer to a body; as JSON unless the headers say otherwise. */
  public HttpResponse<String> post(String path, String body, String... headers) {
    return send(posted(path, body, headers), BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> postForBytes(String path, String body, String... headers) {
    return send(posted(path, body, headers), BodyHandlers.ofByteArray());
  }

  /** An answer that does not end. */
  public InputStream open(String path, String... headers) {
    return send(request(path, headers).build(), BodyHandlers.ofInputStream()).body();
  }

  /** The status of the page, asked for by a Host that no client would send here. */
  public int statusFor(String host) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request that has only begun; the caller closes it. */
  public Socket begin(String beginning) throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write(beginning.getBytes(UTF_8));
    return socket;
  }

  private HttpRequest posted(String path, String body, String... headers) {
    return request(path, headers.length == 0 ? JSON : headers)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
