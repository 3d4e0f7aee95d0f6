package io.github.kafkagan.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.conformance.ContractSchema;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Holds reply records against the contract, value and headers. */
public final class ReplyContract {
  public static final String IMAGES = "io.github.kafkagan.images.v1";
  public static final String ERROR = "io.github.kafkagan.error.v1";

  private final ContractSchema reply = ContractSchema.reply();
  private final ContractSchema headers = ContractSchema.replyHeaders();

  /**
   * Returns the headers' texts by name.
   *
   * @throws AssertionError if the record is no reply
   */
  public Map<String, String> require(byte @Nullable [] value, Headers received) {
    Map<String, String> texts = new TreeMap<>();
    for (Header header : received) {
      texts.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
    }
    headers.require(Json.bytes(texts));
    if ("application/json".equals(texts.get("content-type"))) {
      reply.require(value);
    }
    return texts;
  }
}
