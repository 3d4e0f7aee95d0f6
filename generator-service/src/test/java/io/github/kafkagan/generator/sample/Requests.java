package io.github.kafkagan.generator.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.GenerationRequest;

/** Requests as requesters write them. */
public final class Requests {
  private Requests() {}

  public static GenerationRequest of(String json) {
    return GenerationRequest.parse(json.getBytes(UTF_8));
  }
}
