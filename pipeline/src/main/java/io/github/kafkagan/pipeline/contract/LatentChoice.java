package io.github.kafkagan.pipeline.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which latent vectors a request's images are to come from. */
public sealed interface LatentChoice {
  /**
   * Drawn, one after the other.
   *
   * @param seed what from; drawn at random and told in the reply if null
   */
  record Drawn(@Nullable Long seed) implements LatentChoice {}

  /**
   * The requester's own, one per image.
   *
   * @param vectors all of the same length, which has to be the model's
   * @param seed what labels are drawn from that the request does not give
   */
  record Given(List<List<Float>> vectors, @Nullable Long seed) implements LatentChoice {
    public Given {
      vectors = vectors.stream().map(List::copyOf).toList();
    }
  }

  /**
   * On the way from the first image of one seed to the first of another, both ends included.
   *
   * @param frames how many images, at least 2
   */
  record Between(long from, long to, int frames) implements LatentChoice {}
}
