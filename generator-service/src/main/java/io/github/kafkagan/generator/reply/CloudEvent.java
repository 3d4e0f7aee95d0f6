package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A reply as a CloudEvent in binary content mode: its attributes are headers, its data is the
 * record's value.
 *
 * <p>Source: CloudEvents 1.0.2, and its Kafka protocol binding.
 *
 * @param type one of those below
 * @param id the same for each time that a request is answered, so that a repeated reply is known
 *     for one
 * @param subject what the event is about; null if nothing in particular
 */
record CloudEvent(String type, String id, @Nullable String subject) {
  static final String IMAGES = "io.github.kafkagan.images.v1";
  static final String ERROR = "io.github.kafkagan.error.v1";

  /** Data's type is an attribute too, but one that Kafka's binding gives no prefix. */
  static final String CONTENT_TYPE = "content-type";

  private static final String SOURCE = "/kafka-gan/generator-service";
  private static final String PREFIX = "ce_";

  /** Always as long, so that a reply's size does not depend on when it is written. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final Pattern ATTRIBUTE = Pattern.compile("ce_[a-z0-9]{1,20}");

  /** What every event has itself; anything else is an extension. */
  private static final Set<String> CORE =
      Set.of(
          "ce_specversion",
          "ce_id",
          "ce_source",
          "ce_type",
          "ce_time",
          "ce_subject",
          "ce_datacontenttype",
          "ce_dataschema",
          "ce_data");

  /** Whether a header is an attribute that may go from one event to another. */
  static boolean isExtension(String header) {
    return ATTRIBUTE.matcher(header).matches() && !CORE.contains(header);
  }

  /**
   * The attributes, as of now.
   *
   * @param contentType of the record's value
   */
  List<Header> headers(String contentType) {
    List<Header> headers = new ArrayList<>();
    headers.add(header(CONTENT_TYPE, contentType));
    headers.add(attribute("specversion", "1.0"));
    headers.add(attribute("id", id));
    headers.add(attribute("source", SOURCE));
    headers.add(attribute("type", type));
    headers.add(attribute("time", TIME.format(Instant.now())));
    if (subject != null) {
      headers.add(attribute("subject", subject));
    }
    return headers;
  }

  private static Header attribute(String name, String value) {
    return header(PREFIX + name, value);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
