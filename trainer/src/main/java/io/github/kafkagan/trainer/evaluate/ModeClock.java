package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.step.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures time-to-mode: how long after a class first appears in the stream the generator makes it.
 * As fine as evaluations are frequent.
 */
final class ModeClock {
  /** The share of generated images at which a class counts as learnt. */
  static final double LEARNT = 0.03;

  private static final double NANOS = 1e9;

  private final Map<Integer, Appearance> awaited = new HashMap<>();
  private final Map<Integer, Appearance> known = new HashMap<>();
  private boolean resumed;

  /**
   * A clock.
   *
   * @param resumed whether the model has been trained before: then nobody knows when the classes
   *     appeared that are there until the first evaluation
   */
  ModeClock(boolean resumed) {
    this.resumed = resumed;
  }

  private record Appearance(long images, long nanos) {}

  void see(Batch batch, Progress progress, long nowNanos) {
    for (int label : batch.labels()) {
      if (known.containsKey(label)) {
        continue;
      }
      Appearance appearance = new Appearance(progress.imagesSeen(), nowNanos);
      known.put(label, appearance);
      if (!resumed) {
        awaited.put(label, appearance);
      }
    }
  }

  /** The classes that an evaluation shows for the first time. */
  List<LearntClass> after(Assessment assessment, long nowNanos) {
    resumed = false;
    List<LearntClass> learnt = new ArrayList<>();
    List<Double> shares = assessment.report().classShares();
    for (int label = 0; label < shares.size(); label++) {
      if (shares.get(label) < LEARNT) {
        continue;
      }
      Appearance appearance = awaited.remove(label);
      if (appearance != null) {
        learnt.add(
            new LearntClass(
                label,
                assessment.progress().imagesSeen() - appearance.images(),
                (nowNanos - appearance.nanos()) / NANOS));
      }
    }
    return learnt;
  }
}
