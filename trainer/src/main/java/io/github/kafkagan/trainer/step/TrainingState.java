package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.Scorer;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.preset.Preset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a training goes into snapshots, and back. */
final class TrainingState {
  private static final String GENERATOR = "generator.";
  private static final String DISCRIMINATOR = "discriminator.";
  private static final String AVERAGE = "average.";
  private static final String GENERATOR_REFERENCE = "generator-reference.";
  private static final String DISCRIMINATOR_REFERENCE = "discriminator-reference.";
  private static final String GENERATOR_OPTIMIZER = "generator-optimizer.";
  private static final String DISCRIMINATOR_OPTIMIZER = "discriminator-optimizer.";

  private static final String STEPS = "steps";
  private static final String SEED = "seed";
  private static final String THREADS = "threads";
  private static final String PYTORCH = "pytorch";

  private TrainingState() {}

  static Snapshot serving(Networks networks, long steps) {
    Map<String, Tensor> tensors = new TreeMap<>();
    networks.served().copyTo(tensors::put, Generator.PREFIX);
    return new Snapshot(tensors, Map.of(STEPS, Long.toString(steps)));
  }

  static Snapshot discriminator(Networks networks, long steps) {
    Map<String, Tensor> tensors = new TreeMap<>();
    networks.discriminator().copyTo(tensors::put, Scorer.PREFIX);
    return new Snapshot(tensors, Map.of(STEPS, Long.toString(steps)));
  }

  static Snapshot snapshot(Networks networks, long steps, long seed) {
    return new Snapshot(
        tensors(networks),
        Map.of(
            STEPS, Long.toString(steps),
            SEED, Long.toString(seed),
            THREADS, Integer.toString(Backend.threads()),
            PYTORCH, Backend.version()));
  }

  private static Map<String, Tensor> tensors(Networks networks) {
    Map<String, Tensor> tensors = new TreeMap<>();
    networks.generator().copyTo(tensors::put, GENERATOR);
    networks.discriminator().copyTo(tensors::put, DISCRIMINATOR);
    networks.generatorOptimizer().copyTo(tensors::put, GENERATOR_OPTIMIZER);
    networks.discriminatorOptimizer().copyTo(tensors::put, DISCRIMINATOR_OPTIMIZER);
    References.copy(networks.generator(), tensors::put, GENERATOR_REFERENCE);
    References.copy(networks.discriminator(), tensors::put, DISCRIMINATOR_REFERENCE);
    if (networks.average() != null) {
      networks.average().copyTo(tensors::put, AVERAGE);
    }
    return tensors;
  }

  /** The steps that a state has behind it. */
  static long steps(Snapshot state) {
    String steps = state.metadata().getOrDefault(STEPS, "");
    if (!steps.matches("\\d{1,18}")) {
      throw new CheckpointException("the state has \"" + steps + "\" steps");
    }
    return Long.parseLong(steps);
  }

  /** Where the noise of the steps after a state comes from. */
  static long seed(Snapshot state) {
    String seed = state.metadata().getOrDefault(SEED, "");
    try {
      return Long.parseLong(seed);
    } catch (NumberFormatException e) {
      throw new CheckpointException("the state has the seed \"" + seed + "\"");
    }
  }

  /**
   * Rebuilds what {@link #snapshot} copied.
   *
   * @throws CheckpointException if the state is not exactly that of the preset's networks
   */
  static Networks networks(Snapshot state, Preset preset, NDManager manager) {
    Map<String, Tensor> tensors = state.tensors();
    GeneratorSpec spec = preset.generatorSpec();
    Shape images = GeneratorSpec.samples(preset.image());
    Networks networks =
        Networks.of(
            preset,
            manager,
            Network.load(manager, spec.layers(), spec.latents(), true, tensors, GENERATOR),
            Network.load(manager, preset.discriminator(), images, true, tensors, DISCRIMINATOR),
            preset.averaging() == 0
                ? null
                : Network.load(manager, spec.layers(), spec.latents(), false, tensors, AVERAGE));
    networks.generatorOptimizer().restore(tensors, GENERATOR_OPTIMIZER);
    networks.discriminatorOptimizer().restore(tensors, DISCRIMINATOR_OPTIMIZER);
    int classes = preset.classes();
    References.restore(
        networks.generator(), manager, spec.latents(), classes, tensors, GENERATOR_REFERENCE);
    if (steps(state) > 0) {
      References.restore(
          networks.discriminator(), manager, images, classes, tensors, DISCRIMINATOR_REFERENCE);
    }
    refuseUnknown(tensors.keySet(), networks);
    return networks;
  }

  private static void refuseUnknown(Set<String> names, Networks networks) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(tensors(networks).keySet());
    if (!unknown.isEmpty()) {
      throw new CheckpointException(
          "the preset has no place for tensor " + unknown.iterator().next());
    }
  }
}
