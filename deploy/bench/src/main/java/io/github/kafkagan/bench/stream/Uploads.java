package io.github.kafkagan.bench.stream;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.Batch;

/** Makes arrays of mini-batches, as a step of training does, and drops them. */
final class Uploads implements AutoCloseable {
  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Preset preset;

  Uploads(Preset preset) {
    this.preset = preset;
  }

  /** Uploads pixels and, where a batch has them, labels. */
  void upload(Batch batch) {
    try (NDManager scope = manager.newSubManager()) {
      var images = preset.pixels().decode(scope, batch.pixels(), batch.size(), preset.image());
      if (preset.conditional() && batch.labels().length > 0) {
        images = Labels.oneHot(scope, batch.labels(), preset.classes());
      }
      assert images.getShape().get(0) == batch.size();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
