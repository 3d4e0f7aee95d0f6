package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Products;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Layers with their weights on a device.
 *
 * <p>A weight's full name is its layer's position and its own name ({@code 3.weight}), as in
 * PyTorch's {@code nn.Sequential}. Passes that only infer may run in several threads at once.
 */
public final class Network implements AutoCloseable {
  private final NDManager manager;
  private final Operators operators;
  private final List<Stage> stages;

  /** How many stages the reference goes through: up to the last that looks at it. */
  private final int referenceStages;

  private @Nullable Reference reference;
  private @Nullable Products products;

  private Network(
      NDManager parent, List<Layer> layers, Shape input, boolean trainable, Values values) {
    manager = parent.newSubManager();
    operators = new Operators(manager);
    stages = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      List<Weight> declared = layer.weights(shape);
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      for (Weight weight : declared) {
        NDArray array =
            Upload.floats(manager, values.of(i + "." + weight.name(), weight), weight.shape());
        array.setRequiresGradient(trainable && weight.role().trained());
        arrays.put(weight.name(), array);
      }
      stages.add(new Stage(layer, declared, arrays));
      shape = layer.output(shape);
    }
    referenceStages = Layers.withReference(layers);
  }

  /** Where the weights come from. */
  private interface Values {
    float[] of(String name, Weight weight);
  }

  private record Stage(Layer layer, List<Weight> declared, Map<String, NDArray> weights) {}

  /**
   * A new network.
   *
   * @param parent whose device it uses, and which closes it at the latest
   * @param input shape of one sample
   * @param trainable whether gradients are to be had
   * @param seed which decides every weight
   */
  public static Network fresh(
      NDManager parent,
      List<Layer> layers,
      Shape input,
      boolean trainable,
      Initializer initializer,
      long seed) {
    SplitMix64 random = new SplitMix64(seed);
    return new Network(
        parent, layers, input, trainable, (name, weight) -> initializer.initial(weight, random));
  }

  /**
   * A network with given weights.
   *
   * @param trainable whether gradients are to be had
   * @param tensors by full name behind {@code prefix}; others are ignored
   * @throws CheckpointException if one is missing or has another shape
   */
  public static Network load(
      NDManager parent,
      List<Layer> layers,
      Shape input,
      boolean trainable,
      Map<String, Tensor> tensors,
      String prefix) {
    return new Network(
        parent,
        layers,
        input,
        trainable,
        (name, weight) ->
            Tensor.required(tensors, prefix + name, weight.shape().getShape()).values());
  }

  /**
   * Computes all layers.
   *
   * @param input batch × the input shape; the result belongs to its manager
   * @param labels one-hot float32, batch × classes; null in an unconditional network
   * @param training whether gradients flow and statistics move; then only one thread may call
   */
  public NDArray forward(NDArray input, @Nullable NDArray labels, boolean training) {
    return forward(stages.size(), input, labels, training);
  }

  /**
   * Computes all layers but the last.
   *
   * @return what goes into the last, batch × its input shape; else as {@link #forward}
   */
  public NDArray features(NDArray input, @Nullable NDArray labels, boolean training) {
    return forward(stages.size() - 1, input, labels, training);
  }

  private NDArray forward(int until, NDArray input, @Nullable NDArray labels, boolean training) {
    int shared = Math.min(referenceStages, until);
    if (!training || shared == 0) {
      return forward(stages.subList(0, until), input, labels, training);
    }
    if (reference == null) {
      throw new IllegalStateException("virtual batch normalisation needs a reference to train");
    }
    NDArray both =
        forward(
            stages.subList(0, shared),
            reference.before(input),
            reference.labelsBefore(labels),
            training);
    NDArray batch = both.get(references() + ":");
    return forward(stages.subList(shared, until), batch, labels, training);
  }

  /**
   * Computes the last layer alone, from what {@link #features} gave.
   *
   * @return as {@link #forward}
   */
  public NDArray last(NDArray features, @Nullable NDArray labels, boolean training) {
    return forward(stages.subList(stages.size() - 1, stages.size()), features, labels, training);
  }

  private NDArray forward(
      List<Stage> some, NDArray input, @Nullable NDArray labels, boolean training) {
    NDArray x = input;
    for (Stage stage : some) {
      x = stage.layer.forward(x, new Pass(stage.weights, labels, training, operators, products));
    }
    return x;
  }

  /** How many samples the reference of virtual batch normalisation has, 0 if there is none such. */
  public int references() {
    return referenceStages > 0
            && stages.get(referenceStages - 1).layer instanceof VirtualBatchNorm norm
        ? norm.references()
        : 0;
  }

  /**
   * Decides what virtual batch normalisation refers to, before the first training pass.
   *
   * @param samples {@link #references} of the network's input shape; copied
   * @param labels one-hot float32, one per sample; null in an unconditional network
   */
  public void refer(NDArray samples, @Nullable NDArray labels) {
    reference = Reference.copy(manager, samples, labels);
  }

  /** What {@link #refer} was given; empty before. */
  public Optional<Reference> reference() {
    return Optional.ofNullable(reference);
  }

  /** True if what comes out for a sample depends on the others in a training batch. */
  public boolean mixesSamples() {
    return stages.stream().anyMatch(stage -> stage.layer.mixesSamples());
  }

  /** The arrays that an optimizer changes. They stay this network's. */
  public NDList trained() {
    return arrays(Weight.Role::trained);
  }

  private NDList arrays(Predicate<Weight.Role> wanted) {
    NDList arrays = new NDList();
    each(
        (name, weight, array) -> {
          if (wanted.test(weight.role())) {
            arrays.add(array);
          }
        });
    return arrays;
  }

  /**
   * Moves trained weights by {@code share} of the way to another network's, and takes over its
   * statistics as they are (averaging them gives worse images).
   */
  public void follow(Network other, double share) {
    operators.average(trained(), other.trained(), share);
    NDList statistics = arrays(role -> !role.trained());
    if (!statistics.isEmpty()) {
      operators.average(statistics, other.arrays(role -> !role.trained()), 1);
    }
  }

  /** Copies every array out, under its full name behind {@code prefix}. */
  public void copyTo(BiConsumer<String, Tensor> target, String prefix) {
    each(
        (name, weight, array) ->
            target.accept(
                prefix + name, new Tensor(weight.shape().getShape(), array.toFloatArray())));
  }

  /** The full names of all arrays. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    each((name, weight, array) -> names.add(name));
    return names;
  }

  /** The full names of the arrays that an optimizer changes, in the order of {@link #trained}. */
  public List<String> trainedNames() {
    List<String> names = new ArrayList<>();
    each(
        (name, weight, array) -> {
          if (weight.role().trained()) {
            names.add(name);
          }
        });
    return names;
  }

  private interface Visitor {
    void visit(String name, Weight weight, NDArray array);
  }

  private void each(Visitor visitor) {
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      for (Weight weight : stage.declared) {
        NDArray array = stage.weights.get(weight.name());
        if (array != null) {
          visitor.visit(i + "." + weight.name(), weight, array);
        }
      }
    }
  }

  /**
   * From now on multiplies faster in training; gradients of gradients are then not to be had.
   *
   * @param shared by all networks that one loss goes through
   */
  public void multiplyBy(Products shared) {
    products = shared;
  }

  /**
   * Derivatives of a loss by {@link #trained} weights.
   *
   * @param loss a scalar; its graph is used up
   */
  public NDList gradients(NDArray loss) {
    return products == null
        ? operators.gradients(loss, trained())
        : products.gradients(loss, trained());
  }

  /** For what must be computed beside the passes. */
  public Operators operators() {
    return operators;
  }

  @Override
  public void close() {
    manager.close();
  }
}
