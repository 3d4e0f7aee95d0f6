package io.github.kafkagan.generator;

import io.github.kafkagan.generator.web.http.WebServer;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the page and its API are. */
final class PageOptions {
  private static final int NONE = -1;
  private static final int MAX_PORT = 65_535;

  /** As long as the longest request of the requests topic, latent vectors and all. */
  private static final int MAX_REQUEST_BYTES = 1 << 20;

  @Option(
      names = "--http-host",
      paramLabel = "ADDRESS",
      description =
          "Address of the page and its API, which have no login (default: ${DEFAULT-VALUE}, this"
              + " machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--http-names",
      split = ",",
      paramLabel = "NAME",
      description =
          "Names by which the page is reached, besides localhost and this machine's addresses, or *"
              + " for any: a site whose name leads here could else be used to read it (default:"
              + " none).")
  private Set<String> names = Set.of();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port of the page and its API; 0 takes a free one, -1 is for no page (default:"
              + " ${DEFAULT-VALUE}).")
  private int port = 8080;

  /**
   * The settings; empty if there is to be no page.
   *
   * @throws IllegalArgumentException if there is no such port
   */
  Optional<WebServer.Settings> settings() {
    if (port < NONE || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "--http-port is 0 to %d, or -1 for no page, was %d".formatted(MAX_PORT, port));
    }
    return port == NONE
        ? Optional.empty()
        : Optional.of(new WebServer.Settings(host, port, names, MAX_REQUEST_BYTES));
  }
}
