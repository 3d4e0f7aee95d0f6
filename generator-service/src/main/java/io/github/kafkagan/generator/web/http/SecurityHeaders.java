package io.github.kafkagan.generator.web.http;

import io.javalin.http.Context;
import java.util.Map;

/** Headers of every answer: what a browser may do with it. */
final class SecurityHeaders {
  /** Pictures also come inside of answers, as data. */
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", CONTENT,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private SecurityHeaders() {}

  static void add(Context context) {
    ALL.forEach(context::header);
  }
}
