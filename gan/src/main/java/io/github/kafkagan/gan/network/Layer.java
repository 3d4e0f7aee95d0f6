package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One step of a network: its settings, the arrays that it needs and what it computes with them.
 *
 * <p>Shapes are those of one sample; arrays have the batch as their outermost dimension. Kernels
 * are shaped and named as PyTorch does, so that its users know them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Activation.class, name = "activation"),
  @JsonSubTypes.Type(value = BatchNorm.class, name = "batch-norm"),
  @JsonSubTypes.Type(value = Convolution.class, name = "convolution"),
  @JsonSubTypes.Type(value = LabelEmbedding.class, name = "label-embedding"),
  @JsonSubTypes.Type(value = Linear.class, name = "linear"),
  @JsonSubTypes.Type(value = MinibatchDiscrimination.class, name = "minibatch-discrimination"),
  @JsonSubTypes.Type(value = Projection.class, name = "projection"),
  @JsonSubTypes.Type(value = Reshape.class, name = "reshape"),
  @JsonSubTypes.Type(value = TransposedConvolution.class, name = "transposed-convolution"),
  @JsonSubTypes.Type(value = VirtualBatchNorm.class, name = "virtual-batch-norm"),
})
public sealed interface Layer
    permits Activation,
        BatchNorm,
        Convolution,
        LabelEmbedding,
        Linear,
        MinibatchDiscrimination,
        Projection,
        Reshape,
        TransposedConvolution,
        VirtualBatchNorm {

  /**
   * The shape that comes out.
   *
   * @throws IllegalArgumentException if {@code input} cannot go in
   */
  Shape output(Shape input);

  /** The arrays needed for inputs of a shape that {@link #output} accepts. */
  List<Weight> weights(Shape input);

  /** Computes; the result belongs to the input's manager. */
  NDArray forward(NDArray input, Pass pass);

  /** True if what comes out for a sample depends on the others in a training batch. */
  default boolean mixesSamples() {
    return false;
  }

  /** Refuses a shape that has another number of dimensions than the layer works on. */
  static void requireDimensions(Layer layer, Shape input, int dimensions) {
    if (input.dimension() != dimensions) {
      throw new IllegalArgumentException(
          layer + " takes samples of " + dimensions + " dimensions, not " + input);
    }
  }
}
