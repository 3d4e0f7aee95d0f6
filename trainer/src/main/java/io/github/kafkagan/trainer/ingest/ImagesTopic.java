package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.process.TopicSetup.Identity;
import io.github.kafkagan.pipeline.process.UserError;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images topic that a run trains on. Offsets and positions mean something in that one alone: in
 * another of its name, or with other partitions, they would pass over images without a word.
 */
public record ImagesTopic(String name, Identity identity) {
  private static final Logger log = LoggerFactory.getLogger(ImagesTopic.class);
  private static final String ID = "imagesTopicId";
  private static final String PARTITIONS = "imagesPartitions";

  /** What manifests say of it. */
  public Map<String, String> facts() {
    return Map.of(ID, identity.id(), PARTITIONS, Integer.toString(identity.partitions()));
  }

  /**
   * Where training goes on: where it was, if this is the topic that it was trained on.
   *
   * @param earlier of the newest state; empty for a new model
   * @throws UserError if it is another topic and no image may be missing, or if the stream has lost
   *     its order
   */
  public StreamPosition resume(
      StreamPosition position, Optional<Manifest> earlier, MissingOffsets onMissing) {
    Optional<Map<String, String>> before =
        earlier.<Map<String, String>>map(Manifest::origin).filter(facts -> facts.containsKey(ID));
    if (before.isEmpty()) {
      return position; // Of a new model, or of a version that did not say.
    }
    if (!identity.id().equals(before.get().get(ID))) {
      return beginAnew(position, onMissing);
    }
    String partitions = Integer.toString(identity.partitions());
    if (position.nextPosition() > 0 && !partitions.equals(before.get().get(PARTITIONS))) {
      throw otherPartitions(
          name, before.get().getOrDefault(PARTITIONS, "other"), identity.partitions());
    }
    return position;
  }

  private StreamPosition beginAnew(StreamPosition position, MissingOffsets onMissing) {
    if (onMissing == MissingOffsets.FAIL) {
      throw UserError.failed(
          "topic %s was deleted and created again since the model was trained on it; --on-missing-offsets skip goes on with what it holds now"
              .formatted(name));
    }
    log.atWarn()
        .addKeyValue("topic", name)
        .addKeyValue("position", position.nextPosition())
        .log("Topic was created again; going on at its beginning");
    return StreamPosition.beginning().notBefore(position.newestTimestamp());
  }

  static UserError otherPartitions(String topic, Object before, int now) {
    return UserError.failed(
        "topic %s had %s partitions and has %d now, which ends the order of its stream; use another --topic-prefix"
            .formatted(topic, before, now));
  }
}
