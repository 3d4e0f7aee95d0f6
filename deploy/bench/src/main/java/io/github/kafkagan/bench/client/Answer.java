package io.github.kafkagan.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;

/**
 * A reply that a client has read.
 *
 * @param number of the request
 * @param nanoTime when the client had it, as {@link System#nanoTime}
 * @param value of the record
 * @param bytes of value and headers together
 */
public record Answer(long number, long nanoTime, byte[] value, int bytes) {
  /** Of 784 bytes in base64, without which it is no image. */
  private static final int IMAGE_CHARACTERS = 1048;

  private static final long NONE = -1;

  /** Whether there cannot be an image in it. */
  public boolean failed() {
    return value.length < IMAGE_CHARACTERS;
  }

  /** Throws if there is no image in it. */
  public void requireImage() {
    if (failed()) {
      throw new IllegalStateException(
          "request %d got no image but %s".formatted(number, new String(value, UTF_8)));
    }
  }

  /** When the newest image was produced that the generator was trained on, epoch milliseconds. */
  public long newestImageTimestamp() {
    return Json.read(value, JsonNode.class)
        .path("checkpoint")
        .path("newestImageTimestamp")
        .asLong();
  }

  /** Training step of the generator that made the image; -1 if it does not say. */
  public long step() {
    return Json.read(value, JsonNode.class).path("checkpoint").path("step").asLong(NONE);
  }
}
