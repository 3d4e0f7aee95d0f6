package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.util.stream.IntStream;

/**
 * Draws the contact sheet: ten rows of fixed latents; with a label-conditional generator, a column
 * per class.
 */
final class SheetRenderer {
  private static final int ROWS = 10;
  private static final long SEED = 20140610; // arXiv:1406.2661

  private final ImageShape shape;
  private final int across;
  private final float[] latents;
  private final int[] labels;

  SheetRenderer(ImageShape shape, int classes, int latentSize) {
    this.shape = shape;
    across = classes == 0 ? ROWS : classes;
    latents = Latents.draw(SEED, ROWS * across, latentSize);
    labels =
        classes == 0
            ? new int[0]
            : IntStream.range(0, ROWS * across).map(image -> image % classes).toArray();
  }

  Sheet render(AdversarialTraining training) {
    return new Sheet(training.render(latents, labels), across, shape);
  }
}
