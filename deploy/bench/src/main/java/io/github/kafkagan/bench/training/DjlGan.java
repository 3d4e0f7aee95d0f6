package io.github.kafkagan.bench.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;

/**
 * A GAN as someone who knows DJL would write it: blocks, a trainer each for both networks, DJL's
 * loss and Adam. Its discriminator is frozen while the generator learns, without which its
 * gradients would be summed up in both.
 */
final class DjlGan implements AutoCloseable {
  private final int latentSize;
  private final Model generatorModel;
  private final Model discriminatorModel;
  private final Trainer generator;
  private final Trainer discriminator;
  private final Loss loss = Loss.sigmoidBinaryCrossEntropyLoss();

  DjlGan(DjlNetworks networks, float beta1) {
    latentSize = networks.latentSize();
    generatorModel = model("generator", networks.generator());
    discriminatorModel = model("discriminator", networks.discriminator());
    generator = generatorModel.newTrainer(config(beta1));
    discriminator = discriminatorModel.newTrainer(config(beta1));
    generator.initialize(new Shape(1, latentSize));
    discriminator.initialize(new Shape(1, 1, 28, 28));
  }

  private static Model model(String name, Block block) {
    Model model = Model.newInstance(name, Device.cpu(), "PyTorch");
    model.setBlock(block);
    return model;
  }

  private DefaultTrainingConfig config(float beta1) {
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(Tracker.fixed(2e-4f))
            .optBeta1(beta1)
            .optBeta2(0.999f)
            .build();
    return new DefaultTrainingConfig(loss)
        .optOptimizer(adam)
        .optDevices(new Device[] {Device.cpu()});
  }

  /**
   * Updates the discriminator, then the generator.
   *
   * @param pixels batch × 1 × 28 × 28, in [-1, 1]
   * @return loss of the discriminator and of the generator
   */
  float[] step(float[] pixels, int batchSize) {
    try (NDManager manager = generator.getManager().newSubManager()) {
      NDArray real = manager.create(pixels, new Shape(batchSize, 1, 28, 28));
      NDArray ones = manager.ones(new Shape(batchSize, 1));
      NDArray zeros = manager.zeros(new Shape(batchSize, 1));

      NDArray lossDiscriminator;
      try (GradientCollector collector = discriminator.newGradientCollector()) {
        NDArray fake = generator.forward(noise(manager, batchSize)).singletonOrThrow();
        NDList judgedReal = discriminator.forward(new NDList(real));
        NDList judgedFake = discriminator.forward(new NDList(fake.stopGradient()));
        lossDiscriminator =
            loss.evaluate(new NDList(ones), judgedReal)
                .add(loss.evaluate(new NDList(zeros), judgedFake));
        collector.backward(lossDiscriminator);
      }
      discriminator.step();

      NDArray lossGenerator;
      freezeDiscriminator(true);
      try (GradientCollector collector = generator.newGradientCollector()) {
        NDList fake = generator.forward(noise(manager, batchSize));
        lossGenerator = loss.evaluate(new NDList(ones), discriminator.forward(fake));
        collector.backward(lossGenerator);
      }
      generator.step();
      freezeDiscriminator(false);
      return new float[] {lossDiscriminator.getFloat(), lossGenerator.getFloat()};
    }
  }

  private NDList noise(NDManager manager, int batchSize) {
    return new NDList(
        manager.randomNormal(0, 1, new Shape(batchSize, latentSize), DataType.FLOAT32));
  }

  /** All but the running statistics, which have no gradients. */
  private void freezeDiscriminator(boolean frozen) {
    discriminatorModel
        .getBlock()
        .freezeParameters(
            frozen,
            parameter ->
                parameter.getType() != Parameter.Type.RUNNING_MEAN
                    && parameter.getType() != Parameter.Type.RUNNING_VAR);
  }

  @Override
  public void close() {
    generator.close();
    discriminator.close();
    generatorModel.close();
    discriminatorModel.close();
  }
}
