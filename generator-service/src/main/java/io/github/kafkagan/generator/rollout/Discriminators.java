package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest discriminator of each model. It is built when a request first wants its opinion, and
 * again when a newer one has come since. May be used by several threads.
 */
public final class Discriminators implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discriminators.class);

  private final ScorerLoader loader;
  private final Map<String, CheckpointSet> newest = new HashMap<>();
  private final Map<String, Built> built = new HashMap<>();

  private record Built(long version, ImageScorer scorer) {}

  public Discriminators(ScorerLoader loader) {
    this.loader = loader;
  }

  /** Takes the newest checkpoint of a model's discriminator. */
  synchronized void offer(CheckpointSet set) {
    newest.put(set.manifest().model(), set);
  }

  /**
   * Judges images of a generator.
   *
   * @param pixels {@code count × generator.shape().size()} uint8 values
   * @param labels one per image; empty if there are no classes
   * @return a logit per image
   * @throws RequestException if no discriminator can
   */
  public synchronized float[] logits(ServedGenerator generator, byte[] pixels, int[] labels) {
    String model = generator.manifest().model();
    CheckpointSet set = newest.get(model);
    if (set == null) {
      throw unavailable("model %s has no discriminator that judges single images yet", model);
    }
    ImageScorer scorer = scorer(model, set);
    if (!scorer.judges(generator.shape(), generator.classes())) {
      throw unavailable("the newest discriminator of model %s is for other images", model);
    }
    return scorer.logits(pixels, labels);
  }

  private ImageScorer scorer(String model, CheckpointSet set) {
    Built current = built.get(model);
    if (current != null && current.version() == set.manifest().version()) {
      return current.scorer();
    }
    ImageScorer scorer;
    try {
      scorer = loader.load(set);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      newest.remove(model, set);
      log.atWarn()
          .addKeyValue("model", model)
          .addKeyValue("version", set.manifest().version())
          .addKeyValue("reason", String.valueOf(e.getMessage()))
          .log("Discriminator cannot be used");
      throw unavailable("the newest discriminator of model %s cannot be used", model);
    }
    if (current != null) {
      current.scorer().close();
    }
    built.put(model, new Built(set.manifest().version(), scorer));
    log.atInfo()
        .addKeyValue("model", model)
        .addKeyValue("step", set.manifest().step())
        .log("Discriminator loaded");
    return scorer;
  }

  private static RequestException unavailable(String message, String model) {
    return new RequestException(ErrorCode.SCORE_UNAVAILABLE, message.formatted(model));
  }

  @Override
  public synchronized void close() {
    built.values().forEach(one -> one.scorer().close());
    built.clear();
  }
}
