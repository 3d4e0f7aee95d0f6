package io.github.kafkagan.generator.web.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.ModelName;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event of the training topic.
 *
 * @param timestamp epoch milliseconds; when it was read, if its sender's clock is ahead of ours
 * @param type such as {@code step} or {@code evaluation}
 * @param json the event as it came, on one line
 */
public record TrainingRecord(long offset, long timestamp, String model, String type, byte[] json)
    implements Remembered {
  /** The type of the events that make up nearly all of the topic. */
  public static final String STEP = "step";

  /** The type of what a trainer says instead while it has no images. */
  public static final String WAITING = "waiting";

  public static final String COLLAPSE = "collapse";

  private static final int MAX_BYTES = 64 << 10;
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z-]{0,31}");

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException with one sentence, if it is no event
   */
  static TrainingRecord of(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] value = record.value();
    if (value == null || value.length > MAX_BYTES) {
      throw new IllegalArgumentException("an event has 1 to " + MAX_BYTES + " bytes");
    }
    JsonNode event = Json.read(value, JsonNode.class);
    String type = event.path("type").asText();
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("an event has a type, such as " + STEP);
    }
    String model = ModelName.require(event.path("model").asText());
    return new TrainingRecord(
        record.offset(),
        Math.min(record.timestamp(), System.currentTimeMillis()),
        model,
        type,
        onOneLine(value, event));
  }

  /** The events of one type and model. */
  public static String lane(String model, String type) {
    return model + "/" + type;
  }

  @Override
  public String lane() {
    return lane(model, type);
  }

  @Override
  public int bytes() {
    return json.length;
  }

  /** A server-sent event ends at the first line break of its data. */
  private static byte[] onOneLine(byte[] value, JsonNode event) {
    for (byte character : value) {
      if (character == '\n' || character == '\r') {
        return Json.bytes(event);
      }
    }
    return value;
  }
}
