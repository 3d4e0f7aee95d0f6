package io.github.kafkagan.generator.web.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which requests are answered. There is no login, so what protects the page is who can reach it: no
 * other site that a browser here has open may use it, neither by a name of its own that leads here
 * (DNS rebinding) nor by requests across origins.
 *
 * @param local whether the page listens on this machine only; else it also answers to addresses,
 *     which no other site's name can stand for
 * @param names further names that the page has, without ports, in lower case; {@link #ANY_NAME} for
 *     all
 */
record AccessRules(boolean local, Set<String> names) {
  /** Instead of a name: whatever leads here may be used. */
  static final String ANY_NAME = "*";

  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");

  AccessRules {
    names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

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
    if (request.host().isEmpty() || !isOurs(name(request.host().get()))) {
      return Optional.of(
          new WebException(
              403,
              "foreign-host",
              local
                  ? "this service is for its own machine, by the name of localhost; --http-host opens it"
                  : "this service does not go by that name; --http-names adds it"));
    }
    if (request.own() && !isOwn(request)) {
      return Optional.of(
          new WebException(403, "foreign-origin", "requests from other sites are refused"));
    }
    return Optional.empty();
  }

  private boolean isOurs(String name) {
    return LOCAL_NAMES.contains(name)
        || names.contains(name)
        || names.contains(ANY_NAME)
        || (!local && ADDRESS.matcher(name).matches());
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
