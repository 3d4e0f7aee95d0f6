package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import java.util.Map;
import java.util.TreeSet;

/** What of a classifier goes into snapshots, and back. */
final class ClassifierState {
  static final String NETWORK = "classifier.";
  static final String OPTIMIZER = "classifier-optimizer.";

  private static final String IMAGE = "image";
  private static final String CLASSES = "classes";
  private static final String STEPS = "steps";

  private ClassifierState() {}

  static Map<String, String> metadata(ClassifierSpec spec, long steps) {
    return Map.of(
        IMAGE, spec.image().toString(),
        CLASSES, Integer.toString(spec.classes()),
        STEPS, Long.toString(steps));
  }

  /**
   * The steps behind a snapshot.
   *
   * @throws CheckpointException if it is not one of such a classifier
   */
  static long steps(Snapshot snapshot, ClassifierSpec spec) {
    require(snapshot, IMAGE, spec.image().toString());
    require(snapshot, CLASSES, Integer.toString(spec.classes()));
    String steps = snapshot.metadata().getOrDefault(STEPS, "");
    if (!steps.matches("\\d{1,18}")) {
      throw new CheckpointException("the classifier has \"" + steps + "\" steps");
    }
    return Long.parseLong(steps);
  }

  private static void require(Snapshot snapshot, String key, String wanted) {
    String found = snapshot.metadata().getOrDefault(key, "");
    if (!found.equals(wanted)) {
      throw new CheckpointException(
          "the classifier's %s is \"%s\", not \"%s\"".formatted(key, found, wanted));
    }
  }

  static Network network(Snapshot snapshot, ClassifierSpec spec, NDManager manager) {
    return Network.load(
        manager,
        spec.layers(),
        GeneratorSpec.samples(spec.image()),
        true,
        snapshot.tensors(),
        NETWORK);
  }

  static void refuseUnknown(Snapshot snapshot, Map<String, Tensor> known) {
    TreeSet<String> unknown = new TreeSet<>(snapshot.tensors().keySet());
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      throw new CheckpointException("the classifier has no place for tensor " + unknown.first());
    }
  }
}
