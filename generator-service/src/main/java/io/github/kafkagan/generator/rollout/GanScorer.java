package io.github.kafkagan.generator.rollout;

import ai.djl.Device;
import io.github.kafkagan.gan.Scorer;
import io.github.kafkagan.gan.network.DiscriminatorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.codec.Json;

/** Discriminators as the {@code gan} module rebuilds them. */
public final class GanScorer implements ImageScorer {
  private final Scorer scorer;

  private GanScorer(Scorer scorer) {
    this.scorer = scorer;
  }

  /** Rebuilds discriminators on this device. */
  public static ScorerLoader loader(Device device) {
    return set -> {
      DiscriminatorSpec spec = Json.value(set.manifest().spec(), DiscriminatorSpec.class);
      return new GanScorer(Scorer.load(spec, set.bytes(), device));
    };
  }

  @Override
  public boolean judges(ImageShape shape, int classes) {
    return scorer.judges(shape, classes);
  }

  @Override
  public float[] logits(byte[] pixels, int[] labels) {
    return scorer.logits(pixels, labels);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
