package io.github.kafkagan.bench.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.kafkagan.gan.operator.Operators;
import org.jspecify.annotations.Nullable;

/**
 * Doubles the sides of an image, kernel 4. DJL has such a block, but not for PyTorch; someone who
 * needs one has to get the operator from PyTorch, as this project does.
 */
final class DjlTransposedConvolution extends AbstractBlock {
  private final int channels;
  private final Parameter weight;
  private @Nullable Operators operators;

  DjlTransposedConvolution(int channels) {
    this.channels = channels;
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
  }

  @Override
  protected void prepare(Shape[] inputs) {
    weight.setShape(new Shape(inputs[0].get(1), channels, 4, 4));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    operators = new Operators(manager);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    if (operators == null) {
      throw new IllegalStateException("not initialised");
    }
    return new NDList(
        operators.transposedConvolution(
            input, store.getValue(weight, input.getDevice(), training), 2, 1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = inputs[0];
    return new Shape[] {new Shape(input.get(0), channels, 2 * input.get(2), 2 * input.get(3))};
  }
}
