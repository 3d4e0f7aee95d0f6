package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.preset.Preset;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batches that virtual batch normalisation refers to: chosen at the start of a run and part of
 * its state, so that training goes on with the same.
 */
final class References {
  private static final String SAMPLES = "samples";
  private static final String LABELS = "labels";

  private References() {}

  /** Gives a generator its reference: latent vectors from the seed, and every label in turn. */
  static void draw(Network generator, Preset preset, long seed, NDManager manager) {
    int count = generator.references();
    if (count == 0) {
      return;
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray latents =
          new Noise(seed, preset.latentSize()).draw(scope, 0, Noise.Use.REFERENCE, count);
      generator.refer(latents, preset.conditional() ? inTurn(scope, count, preset) : null);
    }
  }

  private static NDArray inTurn(NDManager manager, int count, Preset preset) {
    int[] labels = IntStream.range(0, count).map(i -> i % preset.classes()).toArray();
    return Labels.oneHot(manager, labels, preset.classes());
  }

  /**
   * Gives a discriminator its reference, the first images of the run, unless it has one.
   *
   * @throws IllegalArgumentException if the batch is smaller than the reference
   */
  static void take(Network discriminator, NDArray real, @Nullable NDArray labels) {
    int count = discriminator.references();
    if (count == 0 || discriminator.reference().isPresent()) {
      return;
    }
    if (real.getShape().get(0) < count) {
      throw new IllegalArgumentException(
          "the first batch has %d images, but virtual batch normalisation refers to %d"
              .formatted(real.getShape().get(0), count));
    }
    String first = ":" + count;
    discriminator.refer(real.get(first), labels == null ? null : labels.get(first));
  }

  /** Copies a network's reference out, if it has one, under names behind {@code prefix}. */
  static void copy(Network network, BiConsumer<String, Tensor> target, String prefix) {
    network
        .reference()
        .ifPresent(
            reference -> {
              target.accept(prefix + SAMPLES, tensor(reference.samples()));
              if (reference.labels() != null) {
                target.accept(prefix + LABELS, tensor(reference.labels()));
              }
            });
  }

  private static Tensor tensor(NDArray array) {
    return new Tensor(array.getShape().getShape(), array.toFloatArray());
  }

  /**
   * Gives a network the reference that {@link #copy} copied.
   *
   * @param sample shape of the network's input
   * @param classes 0 if there are no labels
   * @throws CheckpointException if one is missing or has another shape
   */
  static void restore(
      Network network,
      NDManager manager,
      Shape sample,
      int classes,
      Map<String, Tensor> tensors,
      String prefix) {
    int count = network.references();
    if (count == 0) {
      return;
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray samples = upload(scope, tensors, prefix + SAMPLES, new Shape(count).addAll(sample));
      network.refer(
          samples,
          classes == 0 ? null : upload(scope, tensors, prefix + LABELS, new Shape(count, classes)));
    }
  }

  private static NDArray upload(
      NDManager manager, Map<String, Tensor> tensors, String name, Shape shape) {
    return Upload.floats(manager, Tensor.required(tensors, name, shape.getShape()).values(), shape);
  }
}
