package io.github.kafkagan.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.local.figures.Figures;
import io.github.kafkagan.pipeline.codec.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param figures the processes' last
 * @param elapsed from the start of the processes to the end of training
 * @param speed images trained per second, from the first ones seen on
 * @param replies replies in the topic
 */
record Outcome(Figures figures, Duration elapsed, double speed, long replies) {

  /** The figures as a JSON object and a line's end; one that nobody has reported is absent. */
  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", elapsed.toMillis() / 1000.0);
    fields.put("imagesProduced", figures.imagesProduced());
    fields.put("imagesTrained", figures.imagesTrained());
    fields.put("imagesPerSecond", Math.round(speed * 10) / 10.0);
    fields.put("steps", figures.steps());
    figures.lossDiscriminator().ifPresent(loss -> fields.put("lossDiscriminator", loss));
    figures.lossGenerator().ifPresent(loss -> fields.put("lossGenerator", loss));
    figures.frechetDistance().ifPresent(value -> fields.put("frechetDistance", value));
    figures.classes().ifPresent(count -> fields.put("classes", count));
    fields.put("checkpoints", figures.checkpoints());
    fields.put("swaps", figures.swaps());
    fields.put("requests", figures.requests());
    fields.put("replies", replies);
    figures.servedStep().ifPresent(step -> fields.put("servedStep", step));
    figures.staleness().ifPresent(seconds -> fields.put("stalenessSeconds", seconds));
    return new String(Json.bytes(fields), UTF_8) + "\n";
  }
}
