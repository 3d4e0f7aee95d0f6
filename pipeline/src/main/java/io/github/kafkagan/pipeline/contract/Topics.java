package io.github.kafkagan.pipeline.contract;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The topics of one pipeline, all of them behind one prefix, so that several pipelines share a
 * broker.
 *
 * @param prefix what every topic's name starts with, such as {@code gan.}
 */
public record Topics(String prefix) {
  public static final String DEFAULT_PREFIX = "gan.";

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{0,200}");
  private static final int SHARED_PARTITIONS = 4;
  private static final String DAY_MS = "86400000";
  private static final String WEEK_MS = "604800000";

  public Topics {
    if (!LEGAL.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a topic prefix consists of letters, digits, '.', '_' and '-', was '" + prefix + "'");
    }
  }

  /** Every topic of the pipeline. */
  public List<TopicDefinition> all() {
    return List.of(
        images(),
        checkpoints(),
        trainerState(),
        training(),
        samples(),
        requests(),
        replies(),
        rejected());
  }

  /** Training images: key is the stream position, value the raw pixels. */
  public TopicDefinition images() {
    return images(SHARED_PARTITIONS);
  }

  /** As {@link #images()}, with a number of partitions of the caller's. */
  public TopicDefinition images(int partitions) {
    return new TopicDefinition(
        prefix + "images",
        partitions,
        Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            WEEK_MS,
            "retention.bytes",
            Long.toString(1L << 30),
            "segment.bytes",
            Long.toString(64L << 20)));
  }

  /** Generators to serve, as chunks and manifests. */
  public TopicDefinition checkpoints() {
    return compacted("checkpoints", 8L << 20);
  }

  /** What a trainer resumes from, as chunks and manifests; trainers alone read and write it. */
  public TopicDefinition trainerState() {
    return compacted("trainer-state", 64L << 20);
  }

  /** One JSON event per logged training step. */
  public TopicDefinition training() {
    return kept("training", 1, DAY_MS);
  }

  /** A PNG contact sheet per published checkpoint. */
  public TopicDefinition samples() {
    return kept("samples", 1, WEEK_MS);
  }

  /** Generation requests, from whoever wants images. */
  public TopicDefinition requests() {
    return kept("requests", SHARED_PARTITIONS, DAY_MS);
  }

  /** One reply per request. */
  public TopicDefinition replies() {
    return kept("replies", SHARED_PARTITIONS, DAY_MS);
  }

  /** Records that could not be read, as they were received. */
  public TopicDefinition rejected() {
    return kept("rejected", 1, WEEK_MS);
  }

  private TopicDefinition kept(String name, int partitions, String retentionMs) {
    return new TopicDefinition(
        prefix + name, partitions, Map.of("cleanup.policy", "delete", "retention.ms", retentionMs));
  }

  /** Small segments and an eager cleaner: at default settings compaction would do nothing here. */
  private TopicDefinition compacted(String name, long segmentBytes) {
    return new TopicDefinition(
        prefix + name,
        1,
        Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", Long.toString(segmentBytes),
            "min.cleanable.dirty.ratio", "0.1",
            "max.compaction.lag.ms", "10000",
            "delete.retention.ms", "60000"));
  }
}
