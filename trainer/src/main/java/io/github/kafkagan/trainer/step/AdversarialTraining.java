package io.github.kafkagan.trainer.step;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.Sampler;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.objective.FeatureMatching;
import io.github.kafkagan.gan.objective.Objective;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.trainer.step.DiscriminatorStep.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Trains a generator and a discriminator against each other, one batch at a time.
 *
 * <p>For one thread at a time. The state after a step depends only on the preset, the seed and the
 * batches so far; on the CPU with one thread down to the last bit, whether training was interrupted
 * and restored in between or not.
 */
public final class AdversarialTraining implements AutoCloseable {
  private final Preset preset;
  private final Objective objective;
  private final Noise noise;
  private final NDManager manager;
  private final Networks networks;
  private final DiscriminatorStep discriminatorStep;
  private long steps;

  private AdversarialTraining(
      Preset preset, long seed, NDManager manager, Networks networks, long steps) {
    this.preset = preset;
    this.objective = preset.objective();
    this.noise = new Noise(seed, preset.latentSize());
    this.manager = manager;
    this.networks = networks;
    this.discriminatorStep = new DiscriminatorStep(preset, networks, noise);
    this.steps = steps;
  }

  /**
   * Begins from new weights.
   *
   * @param seed which decides the weights and all noise
   */
  public static AdversarialTraining fresh(Preset preset, long seed, Device device) {
    NDManager manager = Backend.newManager(device);
    return new AdversarialTraining(preset, seed, manager, Networks.fresh(preset, seed, manager), 0);
  }

  /**
   * Goes on from a state.
   *
   * @param seed the one with which training began, to go on as it would have; or another, for other
   *     noise
   * @param state what {@link #trainingState} gave, encoded
   * @throws CheckpointException if the bytes are not valid, or not those of this preset's networks
   */
  public static AdversarialTraining restore(Preset preset, long seed, Device device, byte[] state) {
    return restore(preset, seed, device, Snapshot.decode(state));
  }

  /**
   * Goes on from a state with the noise that it had.
   *
   * @throws CheckpointException as {@link #restore(Preset, long, Device, byte[])}
   */
  public static AdversarialTraining resume(Preset preset, Device device, byte[] state) {
    Snapshot snapshot = Snapshot.decode(state);
    return restore(preset, TrainingState.seed(snapshot), device, snapshot);
  }

  private static AdversarialTraining restore(
      Preset preset, long seed, Device device, Snapshot snapshot) {
    long steps = TrainingState.steps(snapshot);
    NDManager manager = Backend.newManager(device);
    try {
      Networks networks = TrainingState.networks(snapshot, preset, manager);
      return new AdversarialTraining(preset, seed, manager, networks, steps);
    } catch (CheckpointException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Trains the discriminator, and the generator when the schedule says so.
   *
   * @throws IllegalArgumentException if the batch has images of another size, no labels where the
   *     preset needs them, a label that is out of range, or too few images for the first; nothing
   *     has changed then
   */
  public StepResult step(Batch batch) {
    if (batch.pixels().length != batch.size() * preset.image().size()) {
      throw new IllegalArgumentException(
          batch.pixels().length / batch.size() + " bytes are no image of " + preset.image());
    }
    Backend.useGradients(true);
    try (NDManager scope = manager.newSubManager()) {
      NDArray labels = conditions(scope, batch);
      NDArray real = preset.pixels().decode(scope, batch.pixels(), batch.size(), preset.image());
      References.take(networks.discriminator(), real, labels);
      long step = steps + 1;

      NDArray fake = fakes(scope, step, Noise.Use.DISCRIMINATOR, batch.size(), labels);
      Judgement judgement = discriminatorStep.take(real, fake.stopGradient(), labels, step);
      NDArray lossGenerator;
      if (preset.schedule().updatesGenerator(step)) {
        NDArray seen =
            switch (preset.schedule().fakes()) {
              case SHARED -> fake;
              case FRESH -> fakes(scope, step, Noise.Use.GENERATOR, batch.size(), labels);
            };
        lossGenerator = generatorStep(real, seen, labels, preset.schedule().generatorUpdates(step));
        networks.average(preset.averaging(), preset.schedule().generatorUpdates(step));
      } else {
        lossGenerator = objective.generator(judgement.fake());
      }

      steps = step;
      NDList figures =
          new NDList(
              judgement.loss(), lossGenerator, score(judgement.real()), score(judgement.fake()));
      float[] values = NDArrays.stack(figures).toFloatArray();
      return new StepResult(values[0], values[1], values[2], values[3]);
    }
  }

  private NDArray fakes(
      NDManager scope, long step, Noise.Use use, int count, @Nullable NDArray labels) {
    return networks.generator().forward(noise.draw(scope, step, use, count), labels, true);
  }

  /**
   * The generator's update; gives its loss. The discriminator's gradients are not even computed.
   */
  private NDArray generatorStep(NDArray real, NDArray fake, @Nullable NDArray labels, long update) {
    NDArray loss =
        preset.featureMatching()
            ? featureDistance(real, fake, labels)
            : objective.generator(networks.discriminator().forward(fake, labels, true));
    networks.generatorOptimizer().minimise(loss, update);
    return loss;
  }

  private NDArray featureDistance(NDArray real, NDArray fake, @Nullable NDArray labels) {
    Network discriminator = networks.discriminator();
    return FeatureMatching.generator(
        discriminator.features(real, labels, true), discriminator.features(fake, labels, true));
  }

  private static NDArray score(NDArray logits) {
    return Activation.sigmoid(logits).mean();
  }

  private @Nullable NDArray conditions(NDManager scope, Batch batch) {
    if (!preset.conditional()) {
      return null;
    }
    if (batch.labels().length == 0) {
      throw new IllegalArgumentException(
          "the preset has "
              + preset.classes()
              + " classes, but the images come without labels: choose an unconditional preset");
    }
    return Labels.oneHot(scope, batch.labels(), preset.classes());
  }

  /** Steps done since the beginning, those before a restore included. */
  public long steps() {
    return steps;
  }

  /** What the generator is, for whoever is to rebuild it. */
  public GeneratorSpec generatorSpec() {
    return preset.generatorSpec();
  }

  /** The weights to be served: the averaged generator's. */
  public Snapshot servingSnapshot() {
    return TrainingState.serving(networks, steps);
  }

  /** The discriminator's weights, for services that are asked for its opinion. */
  public Snapshot discriminatorSnapshot() {
    return TrainingState.discriminator(networks, steps);
  }

  /** Everything that {@link #restore} needs to go on exactly. */
  public Snapshot trainingState() {
    return TrainingState.snapshot(networks, steps, noise.seed());
  }

  /**
   * Makes images with the weights that would be served now.
   *
   * @param latents {@code count × latent size} numbers
   * @param labels one per image; empty if unconditional
   * @return {@code count} images, uint8, rows × columns × channels
   */
  public byte[] render(float[] latents, int[] labels) {
    return new Sampler(generatorSpec(), networks.served()).generate(manager, latents, labels);
  }

  /**
   * Judges images with the discriminator as it is now; nothing is learnt from it.
   *
   * @param pixels images one after another, uint8, rows × columns × channels
   * @param labels one per image; empty if unconditional
   * @return a logit per image
   */
  public float[] logits(byte[] pixels, int[] labels) {
    Backend.useGradients(false);
    try (NDManager scope = manager.newSubManager()) {
      Batch batch = new Batch(pixels, labels, pixels.length / preset.image().size());
      NDArray images = preset.pixels().decode(scope, pixels, batch.size(), preset.image());
      return networks
          .discriminator()
          .forward(images, conditions(scope, batch), false)
          .toFloatArray();
    }
  }

  /**
   * Networks of their own as this training's were at a state.
   *
   * @param state what {@link #trainingState} gave
   */
  public AdversarialTraining copy(Snapshot state) {
    return restore(preset, noise.seed(), manager.getDevice(), state);
  }

  /** How it is trained. */
  public Preset preset() {
    return preset;
  }

  /** Where it is trained. */
  public Device device() {
    return manager.getDevice();
  }

  /** Where its noise comes from. */
  public long noiseSeed() {
    return noise.seed();
  }

  /** Tests count what is left behind. */
  NDManager manager() {
    return manager;
  }

  Networks networks() {
    return networks;
  }

  @Override
  public void close() {
    manager.close();
  }
}
