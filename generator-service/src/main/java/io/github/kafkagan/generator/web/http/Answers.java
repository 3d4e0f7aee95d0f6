package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** What answers look like: JSON, errors as in the replies topic. */
final class Answers {
  private static final String CACHE_CONTROL = "Cache-Control";

  /** Set where the address says all of what is there, and so has to change with it. */
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private Answers() {}

  /** An answer that is true for a moment. */
  static void json(Context context, Object value) {
    context.contentType("application/json").header(CACHE_CONTROL, "no-store");
    context.result(Json.bytes(value));
  }

  /** A file at an address that no other file will ever have. */
  static void forever(Context context, String contentType, byte[] file) {
    context.contentType(contentType).header(CACHE_CONTROL, FOREVER).result(file);
  }

  /** A file that is asked for again each time, and sent if it has changed. */
  static void revalidated(Context context, String contentType, byte[] file, String etag) {
    context.header(CACHE_CONTROL, "no-cache").header("ETag", etag);
    if (etag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(contentType).result(file);
    }
  }

  /** An answer that says what is wrong. */
  static void error(Context context, int status, String code, String message) {
    json(context.status(status), Map.of("error", Map.of("code", code, "message", message)));
  }

  /** The status that goes with an error of a request for images. */
  static int status(ErrorCode code) {
    return switch (code) {
      case UNKNOWN_MODEL, CHECKPOINT_GONE -> 404;
      case NOT_ACCEPTABLE -> 406;
      case REPLY_TOO_LARGE -> 413;
      case SCORE_NOT_REACHED -> 422;
      case INTERNAL_ERROR -> 500;
      case NO_CHECKPOINT_YET, SCORE_UNAVAILABLE -> 503;
      case DEADLINE_MISSED -> 504;
      default -> 400;
    };
  }

  /** A header of the request. */
  static Optional<String> header(Context context, String name) {
    return Optional.ofNullable(context.header(name));
  }

  /** A parameter of the request's query. */
  static Optional<String> query(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name));
  }
}
