package io.github.kafkagan.generator.sample;

import io.github.kafkagan.gan.random.SplitMix64;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.LatentChoice;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.Arrays;

/** Which class each image of a request gets. */
final class Labels {
  /** Keeps the stream of labels apart from the latent vectors', which has the same seed. */
  private static final long PURPOSE = 0x6c6162656c73L;

  private Labels() {}

  /**
   * One label per image: the request's own, or, where it has none, drawn uniformly from the seed.
   * The first labels do not depend on the count. On the way between two seeds all images have the
   * label of the first one.
   *
   * @param classes how many labels the model has, 0 if none
   * @throws RequestException if the model does not have the request's labels
   */
  static int[] of(GenerationRequest request, long seed, int classes) {
    if (classes == 0) {
      if (!request.labels().isEmpty()) {
        throw new RequestException(
            ErrorCode.MODEL_WITHOUT_LABELS, "the model was trained without labels");
      }
      return new int[0];
    }
    int[] labels = new int[request.count()];
    if (request.labels().isEmpty()) {
      SplitMix64 random = new SplitMix64(SplitMix64.combine(seed, PURPOSE));
      Arrays.setAll(labels, image -> (int) (random.nextDouble() * classes));
      if (request.latents() instanceof LatentChoice.Between) {
        Arrays.fill(labels, labels[0]);
      }
      return labels;
    }
    for (int label : request.labels()) {
      if (label < 0 || label >= classes) {
        throw new RequestException(
            ErrorCode.LABEL_OUT_OF_RANGE,
            "labels must be 0 to %d, one was %d".formatted(classes - 1, label));
      }
    }
    boolean same = request.labels().size() == 1;
    Arrays.setAll(labels, image -> request.labels().get(same ? 0 : image));
    return labels;
  }
}
