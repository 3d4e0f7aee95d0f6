package io.github.kafkagan.gan.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * PyTorch operators that DJL's binding does not have.
 *
 * <p>Each is loaded at its first use and belongs to the manager given here. Results belong to the
 * manager of the argument named first. May be used by several threads.
 */
public final class Operators {
  /** Names an array as an element of the list argument that DJL's call is to form. */
  private static final String LIST_ELEMENT = "list[]";

  private final PtNDManager manager;
  private final Map<String, PtSymbolBlock> loaded = new ConcurrentHashMap<>();

  public Operators(NDManager manager) {
    this.manager = (PtNDManager) manager;
  }

  /**
   * Two-dimensional transposed convolution without bias.
   *
   * @param x batch × channels in × rows × columns
   * @param weight channels in × channels out × kernel × kernel
   * @return batch × channels out × ((rows - 1) × stride - 2 × padding + kernel) × likewise
   */
  public NDArray transposedConvolution(NDArray x, NDArray weight, int stride, int padding) {
    return transposed("transposed-convolution", x, weight, stride, padding);
  }

  /**
   * As {@link #transposedConvolution}, by one matrix product and a sum of what overlaps: two to six
   * times as fast for a few channels out, slower for many and for gradients.
   */
  public NDArray thinTransposedConvolution(NDArray x, NDArray weight, int stride, int padding) {
    return transposed("thin-transposed-convolution", x, weight, stride, padding);
  }

  private NDArray transposed(String name, NDArray x, NDArray weight, int stride, int padding) {
    // Only arrays can be passed where gradients flow; the sizes of an empty one are two numbers
    // that can be read without waiting for a device.
    NDArray geometry = x.getManager().create(new Shape(0, stride, padding));
    return differentiable(name, x.getManager(), new NDList(x, weight, geometry)).singletonOrThrow();
  }

  /**
   * A weight divided by its largest singular value, which one power iteration per call estimates.
   *
   * <p>Source: Miyato et al.: Spectral Normalization for GANs (ICLR 2018), algorithm 1; u and v are
   * constants in the gradient.
   *
   * @param owner whose manager is to own the result
   * @param weight units first; the other dimensions are taken as one
   * @param u the estimate of the left singular vector, moved on by this call
   */
  public NDArray spectralNorm(NDArray owner, NDArray weight, NDArray u) {
    return differentiable("spectral-norm", owner.getManager(), new NDList(weight, u))
        .singletonOrThrow();
  }

  /**
   * How close each sample of a batch is to the others, per kernel: {@code Σ exp(-‖m - m'‖₁)} over
   * the other samples' points m'.
   *
   * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 3.2. Without
   * the distance of a sample to itself, as in the authors' program: the paper's sum is one larger.
   *
   * @param points batch × (kernels × dimensions)
   * @param kernels a divisor of the points' size
   * @return batch × kernels, each 0 to batch - 1
   */
  public NDArray minibatchSimilarity(NDArray points, int kernels) {
    NDArray geometry = points.getManager().create(new Shape(0, kernels));
    return differentiable("minibatch-similarity", points.getManager(), new NDList(points, geometry))
        .singletonOrThrow();
  }

  /**
   * Each sample's channels, normalised with the statistics of a reference batch and of the sample
   * itself, as if it were one more sample of that batch.
   *
   * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 3.5. With n
   * references, a channel's mean and mean of squares are n / (n + 1) of the reference's and 1 / (n
   * + 1) of the sample's own; the variance is what the mean of squares is larger than the square of
   * the mean, plus 1e-5.
   *
   * @param x batch × channels × any; the first {@code leading} samples are the reference, which is
   *     normalised with its own statistics only
   * @param weight what normalised channels are multiplied with
   * @param bias what is then added
   * @param mean of the reference per channel; set by this call if it leads the batch, else used
   * @param square the reference's mean of squares per channel, likewise
   * @param references how many samples the reference has, at least 1
   * @param leading {@code references}, or 0 if the reference is not in the batch
   * @return of the shape of {@code x}
   */
  public NDArray virtualBatchNorm(
      NDArray x,
      NDArray weight,
      NDArray bias,
      NDArray mean,
      NDArray square,
      int references,
      int leading) {
    NDArray geometry = x.getManager().create(new Shape(0, references, leading));
    return differentiable(
            "virtual-batch-norm",
            x.getManager(),
            new NDList(x, weight, bias, mean, square, geometry))
        .singletonOrThrow();
  }

  /**
   * Derivatives of a loss; nothing is accumulated anywhere, and no other array's is computed.
   *
   * @param loss a scalar whose graph ends in all of {@code weights}; its graph is used up
   * @return for each weight an array of its shape
   */
  public NDList gradients(NDArray loss, NDList weights) {
    NDList inputs = new NDList(loss);
    weights.forEach(weight -> weight.setName(LIST_ELEMENT));
    try {
      return differentiable("gradients", loss.getManager(), inputs.addAll(weights));
    } finally {
      weights.forEach(weight -> weight.setName(null));
    }
  }

  /**
   * How far the slope of logits at samples is from one: {@code factor × mean (‖∂logit/∂sample‖₂ -
   * 1)²}.
   *
   * <p>Source: Gulrajani et al.: Improved Training of Wasserstein GANs (2017), equation 3.
   *
   * @param logits batch × 1; their graph stays usable
   * @param samples batch × any, with gradients; each logit depends on its own sample only
   * @param factor a scalar
   * @return a scalar through which gradients flow
   */
  public NDArray gradientPenalty(NDArray logits, NDArray samples, NDArray factor) {
    return differentiable(
            "gradient-penalty", logits.getManager(), new NDList(logits, samples, factor))
        .singletonOrThrow();
  }

  /**
   * Eigenvalues and eigenvectors of a symmetric matrix.
   *
   * @param matrix n × n, of which the lower triangle is read
   * @return the n eigenvalues in ascending order, and n × n, one eigenvector per column
   */
  public NDList eigenvectors(NDArray matrix) {
    return differentiable("eigenvectors", matrix.getManager(), new NDList(matrix));
  }

  /**
   * Adam's update of all weights in one fused call.
   *
   * @param mean moving averages of the gradients, updated
   * @param variance moving averages of the squared gradients, updated
   * @param step 1 for the first update
   */
  public void adam(
      NDList weights,
      NDList gradients,
      NDList mean,
      NDList variance,
      long step,
      double rate,
      double beta1,
      double beta2,
      double epsilon) {
    try (NDArray count = weights.get(0).getManager().create((float) step)) {
      PtNDArray[] steps = new PtNDArray[weights.size()];
      Arrays.fill(steps, (PtNDArray) count);
      inPlace(
          "adam",
          list(weights),
          list(gradients),
          list(mean),
          list(variance),
          IValue.listFrom(steps),
          IValue.from(rate),
          IValue.from(beta1),
          IValue.from(beta2),
          IValue.from(epsilon));
    }
  }

  /**
   * RMSprop's update of all weights, without momentum.
   *
   * @param squares moving averages of the squared gradients, updated
   */
  public void rmsProp(
      NDList weights, NDList gradients, NDList squares, double rate, double decay, double epsilon) {
    inPlace(
        "rmsprop",
        list(weights),
        list(gradients),
        list(squares),
        IValue.from(rate),
        IValue.from(decay),
        IValue.from(epsilon));
  }

  /** Limits every number to [-{@code bound}, {@code bound}]. */
  public void clip(NDList arrays, double bound) {
    inPlace("clip", list(arrays), IValue.from(bound));
  }

  /** Moves each average by {@code share} (0 to 1) of the way to its value. */
  public void average(NDList averages, NDList values, double share) {
    inPlace("average", list(averages), list(values), IValue.from(share));
  }

  /** Calls an operator through which gradients flow, if the calling thread has them on. */
  NDList differentiable(String name, NDManager owner, NDList inputs) {
    NDList outputs = operator(name).forward(new ParameterStore(manager, false), inputs, true);
    outputs.attach(owner);
    return outputs;
  }

  /** Calls an operator on lists of arrays that gives a list; no gradients flow through it. */
  NDList listed(String name, NDManager owner, NDList... arguments) {
    IValue[] lists = Stream.of(arguments).map(Operators::list).toArray(IValue[]::new);
    try (IValue results = operator(name).forward(lists)) {
      NDList arrays = results.toNDList((PtNDManager) owner);
      arrays.attach(owner);
      return arrays;
    } finally {
      List.of(lists).forEach(IValue::close);
    }
  }

  /** Calls an operator for its effect on its arguments; closes the arguments' wrappers. */
  private void inPlace(String name, IValue... arguments) {
    try (IValue nothing = operator(name).forward(arguments)) {
      assert nothing != null;
    } finally {
      List.of(arguments).forEach(IValue::close);
    }
  }

  private static IValue list(NDList arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  private PtSymbolBlock operator(String name) {
    return loaded.computeIfAbsent(
        name,
        key -> {
          try {
            return JniUtils.loadModule(
                manager, new ByteArrayInputStream(TorchScript.archive(key)), true, false);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
