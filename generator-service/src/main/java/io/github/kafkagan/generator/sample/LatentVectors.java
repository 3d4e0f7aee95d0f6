package io.github.kafkagan.generator.sample;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.LatentChoice;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;

/** The latent vectors that a request asks for. */
final class LatentVectors {
  private LatentVectors() {}

  /**
   * The request's, multiplied by its truncation.
   *
   * @param seed what they are drawn from, if they are
   * @param vectors how many; no more than the request's count unless they are drawn
   * @param size numbers in each, as the model wants
   * @return {@code vectors × size} numbers
   */
  static float[] of(GenerationRequest request, long seed, int vectors, int size) {
    float[] latents = untruncated(request, seed, vectors, size);
    if (request.truncation() < 1) {
      for (int i = 0; i < latents.length; i++) {
        latents[i] *= (float) request.truncation();
      }
    }
    return latents;
  }

  /**
   * Checks vectors that the requester gives.
   *
   * @throws RequestException if they are of another size than the model's
   */
  static void require(GenerationRequest request, int size) {
    if (request.latents() instanceof LatentChoice.Given given
        && given.vectors().get(0).size() != size) {
      throw new RequestException(
          ErrorCode.LATENTS_MALFORMED,
          "a latent vector of this model has %d numbers, not %d"
              .formatted(size, given.vectors().get(0).size()));
    }
  }

  private static float[] untruncated(GenerationRequest request, long seed, int vectors, int size) {
    if (request.latents() instanceof LatentChoice.Between path) {
      return Latents.between(path.from(), path.to(), path.frames(), size);
    }
    if (request.latents() instanceof LatentChoice.Given given) {
      float[] latents = new float[given.vectors().size() * size];
      int position = 0;
      for (List<Float> vector : given.vectors()) {
        for (float number : vector) {
          latents[position++] = number;
        }
      }
      return latents;
    }
    return Latents.draw(seed, vectors, size);
  }
}
