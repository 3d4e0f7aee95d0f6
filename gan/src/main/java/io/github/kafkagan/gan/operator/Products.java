package io.github.kafkagan.gan.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Products of batches and large weights by oneDNN, which on some processors is twice as fast as
 * what PyTorch uses.
 *
 * <p>PyTorch knows no derivative of these products. So each one is remembered, and {@link
 * #gradients} applies the chain rule at it by hand, and lets PyTorch do what lies between two. Has
 * no gradients of gradients. For one thread at a time.
 */
public final class Products {
  /** Below this many numbers in a weight, calls cost more than they save. */
  private static final long LARGE = 1 << 16;

  private final Operators operators;
  private final NDArray noBias;
  private final List<Product> remembered = new ArrayList<>();

  private record Product(NDArray input, NDArray weight, NDArray bias, NDArray output) {}

  private Products(NDManager manager) {
    operators = new Operators(manager);
    noBias = manager.create(new Shape(0));
  }

  /** Products on the device of {@code manager}, to which they belong; empty if oneDNN is not. */
  public static Optional<Products> on(NDManager manager) {
    boolean available =
        !manager.getDevice().isGpu() && System.getProperty("os.arch").equals("amd64");
    return available ? Optional.of(new Products(manager)) : Optional.empty();
  }

  /**
   * A fully connected layer.
   *
   * @param x batch × inputs
   * @param weight units × inputs
   * @param bias of each unit; null for none
   * @return batch × units, of which only {@link #gradients} knows where it came from
   */
  public NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
    if (weight.size() < LARGE) {
      return Linear.linear(x, weight, bias).singletonOrThrow();
    }
    NDArray constant = bias == null ? noBias : bias;
    NDArray output =
        operators
            .differentiable("product", x.getManager(), new NDList(x, weight, constant))
            .singletonOrThrow();
    output.setRequiresGradient(true);
    forgetClosed();
    remembered.add(new Product(x, weight, constant, output));
    return output;
  }

  /**
   * Derivatives of a loss, as {@link Operators#gradients}.
   *
   * @param loss a scalar that depends on all of {@code weights}
   */
  public NDList gradients(NDArray loss, NDList weights) {
    forgetClosed();
    if (remembered.isEmpty()) {
      return operators.gradients(loss, weights);
    }
    return operators.listed(
        "gradients-through-products",
        loss.getManager(),
        new NDList(loss),
        weights,
        each(Product::input),
        each(Product::weight),
        each(Product::bias),
        each(Product::output));
  }

  private NDList each(Function<Product, NDArray> part) {
    return new NDList(remembered.stream().map(part).toList());
  }

  /** Tests count what is left behind. */
  int remembered() {
    forgetClosed();
    return remembered.size();
  }

  /** A step's products last as long as its arrays. */
  private void forgetClosed() {
    remembered.removeIf(product -> product.output.isReleased());
  }
}
