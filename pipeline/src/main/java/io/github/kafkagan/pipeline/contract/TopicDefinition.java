package io.github.kafkagan.pipeline.contract;

import java.util.Map;

/**
 * A topic as this pipeline needs it.
 *
 * @param partitions how many partitions a new topic gets; an existing one keeps its own
 * @param settings topic settings of a new topic; an existing one must agree in its cleanup policy
 */
public record TopicDefinition(String name, int partitions, Map<String, String> settings) {
  public TopicDefinition {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, was " + partitions);
    }
    settings = Map.copyOf(settings);
  }

  /** Whether the broker keeps the newest record per key, rather than deleting by age and size. */
  public boolean compacted() {
    return "compact".equals(settings.get("cleanup.policy"));
  }
}
