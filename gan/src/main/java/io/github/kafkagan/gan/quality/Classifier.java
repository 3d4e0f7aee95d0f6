package io.github.kafkagan.gan.quality;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Labels;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Initializer;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.network.PixelRange;
import io.github.kafkagan.gan.optimizer.Adam;
import io.github.kafkagan.gan.optimizer.NetworkOptimizer;
import io.github.kafkagan.gan.optimizer.Optimizer;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small convolutional classifier, whose last hidden layer gives the features in which generated
 * images are compared with real ones.
 *
 * <p>Features of two classifiers, or of one before and after training, cannot be compared. For one
 * thread at a time. What it has learnt depends only on the seed and the batches so far; on the CPU
 * with one thread down to the last bit, whether it was restored in between or not.
 */
public final class Classifier implements AutoCloseable {
  private static final PixelRange PIXELS = PixelRange.SYMMETRIC;
  private static final Optimizer OPTIMIZER =
      new Adam(3e-3, 0.9, 0.999, 1e-8, Adam.Denominator.CORRECTED);

  private final ClassifierSpec spec;
  private final NDManager manager;
  private final Network network;
  private final NetworkOptimizer optimizer;
  private long steps;

  private Classifier(ClassifierSpec spec, NDManager manager, Network network, long steps) {
    this.spec = spec;
    this.manager = manager;
    this.network = network;
    this.optimizer = new NetworkOptimizer(OPTIMIZER, network, manager);
    this.steps = steps;
    manager.cap();
  }

  /**
   * A classifier that has learnt nothing yet.
   *
   * @param image whose sides are at least 8
   * @param classes at least 2
   * @param seed which decides every weight
   * @throws IllegalArgumentException if there is no such classifier
   */
  public static Classifier fresh(ImageShape image, int classes, long seed, Device device) {
    ClassifierSpec spec = new ClassifierSpec(image, classes);
    NDManager manager = Backend.newManager(device);
    Network network =
        Network.fresh(
            manager,
            spec.layers(),
            GeneratorSpec.samples(image),
            true,
            new Initializer.FanIn(),
            seed);
    return new Classifier(spec, manager, network, 0);
  }

  /**
   * Goes on from a snapshot.
   *
   * @param snapshot what {@link #snapshot} gave
   * @throws CheckpointException if it is not that of a classifier for such images and classes
   */
  public static Classifier restore(
      Snapshot snapshot, ImageShape image, int classes, Device device) {
    ClassifierSpec spec = new ClassifierSpec(image, classes);
    long steps = ClassifierState.steps(snapshot, spec);
    NDManager manager = Backend.newManager(device);
    try {
      Network network = ClassifierState.network(snapshot, spec, manager);
      Classifier classifier = new Classifier(spec, manager, network, steps);
      classifier.optimizer.restore(snapshot.tensors(), ClassifierState.OPTIMIZER);
      ClassifierState.refuseUnknown(snapshot, classifier.tensors());
      return classifier;
    } catch (CheckpointException e) {
      manager.close();
      throw e;
    }
  }

  /** Everything that {@link #restore} needs to go on exactly. */
  public Snapshot snapshot() {
    return new Snapshot(tensors(), ClassifierState.metadata(spec, steps));
  }

  private Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    network.copyTo(tensors::put, ClassifierState.NETWORK);
    optimizer.copyTo(tensors::put, ClassifierState.OPTIMIZER);
    return tensors;
  }

  /**
   * Learns from one batch: softmax cross-entropy, minimised by Adam.
   *
   * @param pixels {@code size} images, uint8, rows × columns × channels
   * @param labels one per image, 0 to classes - 1
   * @param size how many images, at least 1
   * @return the share of the batch, 0 to 1, that was classified correctly before learning from it
   * @throws IllegalArgumentException if the sizes do not agree, or a label is out of range; nothing
   *     has changed then
   */
  public double train(byte[] pixels, int[] labels, int size) {
    requireImages(pixels, size);
    if (labels.length != size) {
      throw new IllegalArgumentException(labels.length + " labels for " + size + " images");
    }
    Backend.useGradients(true);
    try (NDManager scope = manager.newSubManager()) {
      NDArray targets = Labels.oneHot(scope, labels, spec.classes());
      NDArray images = PIXELS.decode(scope, pixels, size, spec.image());
      NDArray logits = network.forward(images, null, true);
      int[] predictions = Classes.largest(logits.toFloatArray(), spec.classes());
      NDArray likelihood = logits.logSoftmax(1).mul(targets).sum(new int[] {1});
      optimizer.minimise(likelihood.mean().neg(), steps + 1);
      steps++;
      return Classes.accuracy(predictions, labels);
    }
  }

  /**
   * Looks at images without learning from them.
   *
   * @param pixels {@code count} images, uint8, rows × columns × channels
   * @param count how many images, at least 1
   * @throws IllegalArgumentException if the sizes do not agree
   */
  public Features judge(byte[] pixels, int count) {
    requireImages(pixels, count);
    Backend.useGradients(false);
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = PIXELS.decode(scope, pixels, count, spec.image());
      NDArray features = network.features(images, null, false);
      NDArray probabilities = network.last(features, null, false).softmax(1);
      return new Features(count, features.toFloatArray(), probabilities.toFloatArray());
    }
  }

  private void requireImages(byte[] pixels, int count) {
    if (count < 1 || pixels.length != (long) count * spec.image().size()) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + count + " images of " + spec.image());
    }
  }

  /** Batches learnt from, those before a restore included. */
  public long steps() {
    return steps;
  }

  /** How many classes there are. */
  public int classes() {
    return spec.classes();
  }

  @Override
  public void close() {
    manager.close();
  }
}
