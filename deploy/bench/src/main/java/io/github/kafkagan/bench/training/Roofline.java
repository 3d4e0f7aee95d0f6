package io.github.kafkagan.bench.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.github.kafkagan.bench.measure.Repeated;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Products;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.preset.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What no training step of these networks can be faster than with this engine: its matrix products
 * and its two fused updates, and nothing between them. Each product is done by whichever of MKL and
 * oneDNN is faster at its shape.
 */
final class Roofline {
  private static final int TRIES = 8;

  private final NDManager manager;
  private final Operators operators;
  private final Optional<Products> products;
  private final List<Runnable> work = new ArrayList<>();
  private final Map<Product, Runnable> fastest = new HashMap<>();

  private Roofline(NDManager manager) {
    this.manager = manager;
    operators = new Operators(manager);
    products = Products.on(manager);
  }

  /** The products and updates of a preset's step. */
  static Side open(String presetName) {
    Preset preset = Preset.named(presetName);
    Backend.keepMemory();
    Backend.useGradients(false);
    NDManager manager = Backend.newManager(Device.cpu());
    Roofline roofline = new Roofline(manager);
    roofline.add(preset);
    return new Repeated(
        "products and updates alone",
        () -> {
          roofline.work.forEach(Runnable::run);
          return preset.batchSize();
        },
        manager::close);
  }

  private void add(Preset preset) {
    int batch = preset.batchSize();
    List<Layer> making = preset.generatorSpec().layers();
    List<Layer> judging = preset.discriminatorSpec().orElseThrow().layers();
    Shape latents = preset.generatorSpec().latents();
    Shape images = GeneratorSpec.samples(preset.image());
    List<Product> generator = Product.of(making, latents, batch);
    List<Product> discriminator = Product.of(judging, images, batch);

    // The discriminator's step: fakes, then both batches forward and backward to its first weight.
    generator.forEach(this::add);
    for (int pass = 0; pass < 2; pass++) {
      discriminator.forEach(this::add);
      discriminator.forEach(product -> add(product.byWeight()));
      discriminator.stream().skip(1).forEach(product -> add(product.byInput()));
    }
    addUpdate(judging, images);

    // The generator's step: through the discriminator to the generator's first weight.
    if (preset.schedule().fakes() == Schedule.Fakes.FRESH) {
      generator.forEach(this::add);
    }
    discriminator.forEach(this::add);
    discriminator.forEach(product -> add(product.byInput()));
    generator.forEach(product -> add(product.byWeight()));
    generator.stream().skip(1).forEach(product -> add(product.byInput()));
    addUpdate(making, latents);
  }

  private void add(Product product) {
    work.add(fastest.computeIfAbsent(product, this::fastest));
  }

  private Runnable fastest(Product product) {
    NDArray x = random(new Shape(product.rows(), product.inner()));
    NDArray weight = random(new Shape(product.columns(), product.inner()));
    Runnable mkl = () -> Linear.linear(x, weight, null).singletonOrThrow().close();
    if (products.isEmpty()) {
      return mkl;
    }
    Runnable oneDnn = () -> products.get().linear(x, weight, null).close();
    return nanos(mkl) < nanos(oneDnn) ? mkl : oneDnn;
  }

  /** The quickest of some tries. */
  private static long nanos(Runnable task) {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long begin = System.nanoTime();
      task.run();
      least = Math.min(least, System.nanoTime() - begin);
    }
    return least;
  }

  private void addUpdate(List<Layer> layers, Shape input) {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = input;
    for (Layer layer : layers) {
      layer.weights(shape).stream()
          .filter(weight -> weight.role().trained())
          .forEach(weight -> shapes.add(weight.shape()));
      shape = layer.output(shape);
    }
    NDList weights = each(shapes);
    NDList gradients = each(shapes);
    NDList mean = each(shapes);
    NDList variance = each(shapes);
    work.add(() -> operators.adam(weights, gradients, mean, variance, 1, 2e-4, 0.5, 0.999, 1e-8));
  }

  private NDList each(List<Shape> shapes) {
    NDList arrays = new NDList();
    shapes.forEach(shape -> arrays.add(manager.ones(shape)));
    return arrays;
  }

  private NDArray random(Shape shape) {
    return manager.randomNormal(0, 1, shape, DataType.FLOAT32);
  }
}
