package io.github.kafkagan.generator.web.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests are answered. There is no login, so what protects the page is who can reach it:
 * while it listens on this machine only, no other site that a browser here has open may use it,
 * neither by a name of its own that leads here (DNS rebinding) nor by requests across origins.
 *
 * @param local whether the page listens on this machine only
 */
record AccessRules(boolean local) {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /**
   * What a request says of where it comes from.
   *
   * @param own whether only this service's own pages, and programs, may ask for it
   * @param host the Host header
   * @param origin the Origin header
   * @param fetchSite the Sec-Fetch-Site header
   */
  record Request(
      boolean own, Optional<String> host, Optional<String> origin, Optional<String> fetchSite) {
    Request {
      host = host.map(text -> text.toLowerCase(Locale.ROOT));
      origin = origin.map(text -> text.toLowerCase(Locale.ROOT));
    }
  }

  /** Why a request is refused; empty if it is not. */
  Optional<WebException> refusal(Request request) {
    if (request.host().isEmpty() || (local && !LOCAL_NAMES.contains(name(request.host().get())))) {
      return Optional.of(
          new WebException(
              403,
              "foreign-host",
              "this service is for its own machine, by the name of localhost; --http-host opens it"));
    }
    if (request.own() && !isOwn(request)) {
      return Optional.of(
          new WebException(403, "foreign-origin", "requests from other sites are refused"));
    }
    return Optional.empty();
  }

  /** Whether a browser sent it from a page of this service, or it is from no browser. */
  private static boolean isOwn(Request request) {
    if (!request.fetchSite().map(OWN_SITES::contains).orElse(true)) {
      return false;
    }
    return request.origin().isEmpty() || authority(request.origin().get()).equals(request.host());
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A host without its port. */
  private static String name(String host) {
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }
}
