package io.github.kafkagan.generator.web.feed;

import io.github.kafkagan.generator.rollout.TopicReader;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Consumers that look at topics for the page, and do not wait long for a broker that is away. */
public final class TailConsumer {
  private static final int PATIENCE_MS = 3_000;

  private TailConsumer() {}

  /** The properties of one. */
  public static Map<String, Object> properties(Map<String, Object> clientProperties, String name) {
    Map<String, Object> properties = TopicReader.properties(clientProperties, name);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    return properties;
  }
}
