package io.github.kafkagan.generator.sample;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Arrays;
import java.util.List;

/**
 * The images of one request.
 *
 * @param manifests the checkpoints that they come from, equally many from each, in this order
 * @param seed what their latent vectors or labels were drawn from
 * @param labels one per image of a checkpoint, the same for each; empty if the model has none
 * @param scores the discriminator's logit of each image; empty unless asked for
 * @param pixels {@code count × shape.size()} uint8 values
 */
public record Sample(
    List<Manifest> manifests,
    ImageShape shape,
    long seed,
    List<Integer> labels,
    List<Float> scores,
    byte[] pixels) {
  public Sample {
    manifests = List.copyOf(manifests);
    labels = List.copyOf(labels);
    scores = List.copyOf(scores);
  }

  /** The checkpoint that all come from, or the last of several. */
  public Manifest manifest() {
    return manifests.get(manifests.size() - 1);
  }

  /** Images, of all checkpoints together. */
  public int count() {
    return pixels.length / shape.size();
  }

  /** The pixels of one image. */
  public byte[] image(int number) {
    return Arrays.copyOfRange(pixels, number * shape.size(), (number + 1) * shape.size());
  }
}
