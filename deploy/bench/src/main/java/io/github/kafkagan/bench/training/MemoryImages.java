package io.github.kafkagan.bench.training;

import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Mini-batches from memory, the same few over and over: speed does not depend on what they show.
 */
final class MemoryImages {
  private static final int BATCHES = 64;

  private final List<Batch> batches = new ArrayList<>();
  private int next;

  MemoryImages(Preset preset) {
    Random random = new Random(1);
    for (int i = 0; i < BATCHES; i++) {
      byte[] pixels = new byte[preset.batchSize() * preset.image().size()];
      random.nextBytes(pixels);
      int[] labels =
          preset.conditional()
              ? random.ints(preset.batchSize(), 0, preset.classes()).toArray()
              : new int[0];
      batches.add(new Batch(pixels, labels, preset.batchSize()));
    }
  }

  Batch next() {
    next = (next + 1) % BATCHES;
    return batches.get(next);
  }
}
