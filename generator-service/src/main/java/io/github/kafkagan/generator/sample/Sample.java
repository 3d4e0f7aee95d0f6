package io.github.kafkagan.generator.sample;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Arrays;
import java.util.List;

/**
 * The images of one request.
 *
 * @param manifest the checkpoint that they come from
 * @param seed what their latent vectors were drawn from
 * @param labels one per image; empty if the model has none
 * @param pixels {@code count × shape.size()} uint8 values
 */
public record Sample(
    Manifest manifest, ImageShape shape, long seed, List<Integer> labels, byte[] pixels) {
  public int count() {
    return pixels.length / shape.size();
  }

  /** The pixels of one image. */
  public byte[] image(int number) {
    return Arrays.copyOfRange(pixels, number * shape.size(), (number + 1) * shape.size());
  }
}
