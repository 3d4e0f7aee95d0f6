package io.github.kafkagan.bench.training;

import ai.djl.Device;
import io.github.kafkagan.bench.measure.ResidentMemory;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains for many steps and watches memory. */
public final class Soak {
  private static final int SAMPLES = 20;

  private Soak() {}

  /**
   * Memory after so many steps.
   *
   * @param heapMiB live objects, after a collection
   * @param residentMiB all that the process has in memory
   * @param outsideHeapMiB of it, what is not the Java heap: PyTorch's arrays, its library, the JVM
   */
  public record Sample(long step, double heapMiB, double residentMiB, double outsideHeapMiB) {
    @Override
    public String toString() {
      return "step %7d  heap %6.1f MiB  resident %7.1f MiB  outside the heap %7.1f MiB"
          .formatted(step, heapMiB, residentMiB, outsideHeapMiB);
    }
  }

  /**
   * Trains.
   *
   * @param each told every sample as it is taken
   */
  public static List<Sample> run(
      String presetName, long steps, int threads, Consumer<Sample> each) {
    Preset preset = Preset.named(presetName);
    Backend.useThreads(threads);
    Backend.keepMemory();
    MemoryImages images = new MemoryImages(preset);
    List<Sample> samples = new ArrayList<>();
    long every = Math.max(1, steps / SAMPLES);
    try (AdversarialTraining training = AdversarialTraining.fresh(preset, 1, Device.cpu())) {
      while (training.steps() < steps) {
        training.step(images.next());
        if (training.steps() % every == 0) {
          Sample sample = sample(training.steps());
          samples.add(sample);
          each.accept(sample);
        }
      }
    }
    return samples;
  }

  private static Sample sample(long step) {
    System.gc();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    double resident = ResidentMemory.ofThisProcess();
    return new Sample(
        step, mebibytes(heap.getUsed()), resident, resident - mebibytes(heap.getCommitted()));
  }

  private static double mebibytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
