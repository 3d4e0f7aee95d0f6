package io.github.kafkagan.generator.web.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.generator.web.feed.TrainingRecord;
import io.github.kafkagan.pipeline.codec.Json;

/**
 * The newest step that a trainer told of.
 *
 * @param timestamp epoch milliseconds
 * @param step generator steps trained
 * @param imagesSeen real images trained on
 * @param imagesPerSecond lately
 */
record LastStep(long timestamp, long step, long imagesSeen, double imagesPerSecond) {
  static LastStep of(TrainingRecord event) {
    JsonNode json = Json.read(event.json(), JsonNode.class);
    return new LastStep(
        event.timestamp(),
        json.path("step").asLong(),
        json.path("imagesSeen").asLong(),
        json.path("imagesPerSecond").asDouble());
  }
}
