package io.github.kafkagan.bench.kafka;

import io.github.kafkagan.pipeline.contract.Topics;
import java.util.List;
import java.util.Map;

/**
 * The topics of one side, which shares its broker with others but not its requests.
 *
 * @param bootstrapServers of the broker
 */
public record Channel(String bootstrapServers, Topics topics) {

  /** A side's own topics; requests and replies have as many partitions as by default. */
  public static Channel create(String bootstrapServers, String side) {
    Topics topics = new Topics(side + ".");
    NewTopics.create(
        bootstrapServers,
        List.of(
            topics.requests(),
            topics.replies(),
            topics.checkpoints(),
            topics.trainerState(),
            topics.rejected()));
    return new Channel(bootstrapServers, topics);
  }

  /** What every client needs. */
  public Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }
}
