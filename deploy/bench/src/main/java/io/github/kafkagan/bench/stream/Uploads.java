package io.github.kafkagan.bench.stream;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.Batch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes arrays of mini-batches, as a step of training does, and drops them. */
final class Uploads implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than any pause between two batches that are there. */
  private static final Duration END = Duration.ofSeconds(1);

  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Preset preset;

  /** Where batches come from. */
  interface Batches {
    /** The next one; null if there is none within the time. */
    @Nullable Batch next(Duration timeout) throws InterruptedException;
  }

  Uploads(Preset preset) {
    this.preset = preset;
  }

  /** Images per second, until the window is over or there are no more. */
  double rate(Batches batches, Duration window) {
    try {
      Batch next = batches.next(PATIENCE);
      long begin = System.nanoTime();
      long last = begin;
      long count = 0;
      while (next != null && last - begin < window.toNanos()) {
        upload(next);
        count += next.size();
        last = System.nanoTime();
        next = batches.next(END);
      }
      if (count == 0) {
        throw new IllegalStateException("there are no images to read");
      }
      return count * 1e9 / (last - begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Pixels and, where a batch has them, labels. */
  private void upload(Batch batch) {
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
