package io.github.kafkagan.bench.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;

/**
 * The networks of two presets, written with DJL's blocks.
 *
 * @param latentSize numbers per latent vector
 */
record DjlNetworks(int latentSize, Block generator, Block discriminator) {
  private static final int LATENT_SIZE = 100;
  private static final float SLOPE = 0.2f;

  /** 100-256-512-1024-784 against 784-1024-512-256-1. */
  static DjlNetworks mlp1024() {
    SequentialBlock generator = new SequentialBlock();
    for (int units : new int[] {256, 512, 1024}) {
      generator.add(linear(units)).add(Activation.reluBlock());
    }
    generator.add(linear(28 * 28)).add(Activation.tanhBlock()).add(reshape(1, 28, 28));

    SequentialBlock discriminator = new SequentialBlock().add(Blocks.batchFlattenBlock());
    for (int units : new int[] {1024, 512, 256}) {
      discriminator.add(linear(units)).add(Activation.leakyReluBlock(SLOPE));
    }
    return new DjlNetworks(LATENT_SIZE, generator, discriminator.add(linear(1)));
  }

  /**
   * 100 → 128 × 7 × 7 → 64 × 14 × 14 → 28 × 28 against 28 × 28 → 64 × 14 × 14 → 128 × 7 × 7 → 1.
   */
  static DjlNetworks dcgan() {
    SequentialBlock generator =
        new SequentialBlock()
            .add(Linear.builder().setUnits(128 * 7 * 7).optBias(false).build())
            .add(reshape(128, 7, 7))
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(new DjlTransposedConvolution(64))
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(new DjlTransposedConvolution(1))
            .add(Activation.tanhBlock());
    SequentialBlock discriminator =
        new SequentialBlock()
            .add(convolution(64, true))
            .add(Activation.leakyReluBlock(SLOPE))
            .add(convolution(128, false))
            .add(BatchNorm.builder().build())
            .add(Activation.leakyReluBlock(SLOPE))
            .add(Blocks.batchFlattenBlock())
            .add(linear(1));
    return new DjlNetworks(LATENT_SIZE, generator, discriminator);
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block convolution(int channels, boolean bias) {
    return Conv2d.builder()
        .setKernelShape(new Shape(4, 4))
        .setFilters(channels)
        .optStride(new Shape(2, 2))
        .optPadding(new Shape(1, 1))
        .optBias(bias)
        .build();
  }

  private static Block reshape(long... sample) {
    Shape shape = new Shape(sample);
    return new LambdaBlock(
        input -> {
          var array = input.singletonOrThrow();
          return new NDList(array.reshape(new Shape(array.getShape().get(0)).addAll(shape)));
        },
        "reshape");
  }
}
