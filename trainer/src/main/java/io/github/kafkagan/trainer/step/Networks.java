package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.operator.Products;
import io.github.kafkagan.gan.optimizer.NetworkOptimizer;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.random.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * All that training changes; closed with the manager that it was made with.
 *
 * @param generator trained
 * @param discriminator trained
 * @param average the generator's moving average; null if the preset has none
 */
record Networks(
    Network generator,
    Network discriminator,
    @Nullable Network average,
    NetworkOptimizer generatorOptimizer,
    NetworkOptimizer discriminatorOptimizer) {
  private static final int RAMP = 10;

  static Networks fresh(Preset preset, long seed, NDManager manager) {
    long generatorSeed = SplitMix64.combine(seed, 'G');
    Network generator = generator(preset, generatorSeed, true, manager);
    References.draw(generator, preset, seed, manager);
    return of(
        preset,
        manager,
        generator,
        Network.fresh(
            manager,
            preset.discriminator(),
            GeneratorSpec.samples(preset.image()),
            true,
            preset.initializer(),
            SplitMix64.combine(seed, 'D')),
        preset.averaging() == 0 ? null : generator(preset, generatorSeed, false, manager));
  }

  private static Network generator(Preset preset, long seed, boolean trainable, NDManager manager) {
    GeneratorSpec spec = preset.generatorSpec();
    return Network.fresh(
        manager, spec.layers(), spec.latents(), trainable, preset.initializer(), seed);
  }

  static Networks of(
      Preset preset,
      NDManager manager,
      Network generator,
      Network discriminator,
      @Nullable Network average) {
    if (preset.regularization().gradientPenalty() == 0) {
      Products.on(manager)
          .ifPresent(
              products -> {
                generator.multiplyBy(products);
                discriminator.multiplyBy(products);
              });
    }
    return new Networks(
        generator,
        discriminator,
        average,
        new NetworkOptimizer(preset.generatorOptimizer(), generator, manager),
        new NetworkOptimizer(preset.discriminatorOptimizer(), discriminator, manager));
  }

  /** The generator whose weights are served. */
  Network served() {
    return average == null ? generator : average;
  }

  /**
   * Moves the average on. In the first steps it keeps less than {@code decay}, so that it forgets
   * the untrained weights quickly.
   *
   * @param step 1 for the first
   */
  void average(double decay, long step) {
    if (average != null) {
      double kept = Math.min(decay, step / (double) (RAMP + step));
      average.follow(generator, 1 - kept);
    }
  }
}
