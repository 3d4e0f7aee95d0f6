package io.github.kafkagan.bench.training;

import ai.djl.Device;
import io.github.kafkagan.bench.measure.Repeated;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.util.Random;

/** Ways to train, each fed from memory. */
public final class TrainingSides {
  private TrainingSides() {}

  /** This project's step. */
  public static Side ours(String presetName) {
    Preset preset = Preset.named(presetName);
    Backend.keepMemory();
    AdversarialTraining training = AdversarialTraining.fresh(preset, 1, Device.cpu());
    MemoryImages images = new MemoryImages(preset);
    return new Repeated(
        presetName + ", from memory",
        () -> {
          if (!training.step(images.next()).finite()) {
            throw new IllegalStateException(presetName + " diverged");
          }
          return preset.batchSize();
        },
        training::close);
  }

  /** The least that a step can take, see {@link Roofline}. */
  public static Side roofline(String presetName) {
    return Roofline.open(presetName);
  }

  /**
   * The same networks in a plain DJL loop.
   *
   * @param presetName mlp-1024 or dcgan
   */
  public static Side plainDjl(String presetName) {
    Preset preset = Preset.named(presetName);
    DjlGan gan =
        switch (presetName) {
          case "mlp-1024" -> new DjlGan(DjlNetworks.mlp1024(), 0.9f);
          case "dcgan" -> new DjlGan(DjlNetworks.dcgan(), 0.5f);
          default ->
              throw new IllegalArgumentException("there is no plain DJL loop for " + presetName);
        };
    float[] pixels = new float[preset.batchSize() * preset.image().size()];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2 * random.nextFloat() - 1;
    }
    return new Repeated(
        "plain DJL loop",
        () -> {
          float[] losses = gan.step(pixels, preset.batchSize());
          if (!Float.isFinite(losses[0]) || !Float.isFinite(losses[1])) {
            throw new IllegalStateException("the plain DJL loop diverged");
          }
          return preset.batchSize();
        },
        gan::close);
  }
}
