package io.github.kafkagan.gan.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.network.Network;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** An optimizer for one network, with its moments. */
public final class NetworkOptimizer implements AutoCloseable {
  private static final String MEAN = "mean.";
  private static final String VARIANCE = "variance.";

  private final Optimizer settings;
  private final Network network;
  private final NDManager manager;
  private final NDList weights;

  /** Empty where the optimizer has none. */
  private final NDList mean = new NDList();

  private final NDList variance = new NDList();

  /** Begins with moments of zero. */
  public NetworkOptimizer(Optimizer settings, Network network, NDManager parent) {
    this.settings = settings;
    this.network = network;
    manager = parent.newSubManager();
    weights = network.trained();
    for (NDArray weight : weights) {
      if (settings instanceof Adam) {
        mean.add(manager.zeros(weight.getShape()));
      }
      variance.add(manager.zeros(weight.getShape()));
    }
  }

  /**
   * Updates the network's weights from a loss.
   *
   * @param loss a scalar; its graph is used up
   * @param update 1 for the first update
   */
  public void minimise(NDArray loss, long update) {
    Operators operators = network.operators();
    NDList gradients = network.gradients(loss);
    if (settings instanceof Adam adam) {
      operators.adam(
          weights,
          gradients,
          mean,
          variance,
          update,
          adam.rate(),
          adam.beta1(),
          adam.beta2(),
          adam.epsilonAt(update));
    } else if (settings instanceof RmsProp rmsProp) {
      operators.rmsProp(
          weights, gradients, variance, rmsProp.rate(), rmsProp.decay(), rmsProp.epsilon());
    }
  }

  /** Copies the moments out, under their weights' names behind {@code prefix}. */
  public void copyTo(BiConsumer<String, Tensor> target, String prefix) {
    copy(mean, target, prefix + MEAN);
    copy(variance, target, prefix + VARIANCE);
  }

  private void copy(NDList moments, BiConsumer<String, Tensor> target, String prefix) {
    List<String> names = network.trainedNames();
    for (int i = 0; i < moments.size(); i++) {
      NDArray moment = moments.get(i);
      target.accept(
          prefix + names.get(i), new Tensor(moment.getShape().getShape(), moment.toFloatArray()));
    }
  }

  /**
   * Takes moments over that {@link #copyTo} gave.
   *
   * @throws io.github.kafkagan.gan.checkpoint.CheckpointException if one is missing or has another
   *     shape
   */
  public void restore(Map<String, Tensor> tensors, String prefix) {
    restore(mean, tensors, prefix + MEAN);
    restore(variance, tensors, prefix + VARIANCE);
  }

  private void restore(NDList moments, Map<String, Tensor> tensors, String prefix) {
    List<String> names = network.trainedNames();
    for (int i = 0; i < moments.size(); i++) {
      Shape shape = moments.get(i).getShape();
      Tensor tensor = Tensor.required(tensors, prefix + names.get(i), shape.getShape());
      moments.get(i).close();
      moments.set(i, Upload.floats(manager, tensor.values(), shape));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
