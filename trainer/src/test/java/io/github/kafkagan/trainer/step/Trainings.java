package io.github.kafkagan.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.preset.Preset;
import java.util.Map;
import java.util.stream.IntStream;

/** Trainings on drawn digits. */
final class Trainings {
  static final Device CPU = Device.cpu();
  static final long SEED = 1;

  private Trainings() {}

  static void train(AdversarialTraining training, Preset preset, long until) {
    while (training.steps() < until) {
      assertThat(training.step(batch(preset, training.steps())).finite()).isTrue();
    }
  }

  static Preset small(String name) {
    return Preset.named(name).with(Map.of("batchSize", "8"));
  }

  static Batch batch(Preset preset, long position) {
    Batch labelled = DrawnDigits.batch(position, preset.batchSize());
    return preset.conditional()
        ? labelled
        : new Batch(labelled.pixels(), new int[0], labelled.size());
  }

  static byte[] render(AdversarialTraining training, Preset preset) {
    return training.render(latents(preset), labels(preset));
  }

  static float[] latents(Preset preset) {
    return Latents.draw(SEED, 20, preset.latentSize());
  }

  static int[] labels(Preset preset) {
    return preset.conditional()
        ? IntStream.range(0, 20).map(i -> i % preset.classes()).toArray()
        : new int[0];
  }

  /** Everything that a training's state has, by name. */
  static Map<String, Tensor> tensors(AdversarialTraining training) {
    return training.trainingState().tensors();
  }
}
