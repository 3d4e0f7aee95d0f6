package io.github.kafkagan.gan.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Arrays;

/** How kernels and biases begin. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Initializer.FanIn.class, name = "fan-in"),
  @JsonSubTypes.Type(value = Initializer.Normal.class, name = "normal"),
  @JsonSubTypes.Type(value = Initializer.Glorot.class, name = "glorot"),
})
public sealed interface Initializer {

  /** Fills a kernel or a bias. */
  void fill(Weight weight, float[] values, SplitMix64 random);

  /** Uniform in ±1/√fan-in, kernels and biases: PyTorch's default for linear and convolution. */
  record FanIn() implements Initializer {
    @Override
    public void fill(Weight weight, float[] values, SplitMix64 random) {
      double bound = 1 / Math.sqrt((double) weight.fanIn());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /**
   * Kernels normal around zero, biases zero, as in Radford et al. (2015) with 0.02.
   *
   * @param deviation standard deviation, greater than 0
   */
  record Normal(double deviation) implements Initializer {
    public Normal {
      if (!(deviation > 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException("deviation must be greater than 0, was " + deviation);
      }
    }

    @Override
    public void fill(Weight weight, float[] values, SplitMix64 random) {
      if (weight.role() == Weight.Role.BIAS) {
        return;
      }
      random.fillNormal(values);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] * deviation);
      }
    }
  }

  /**
   * Kernels uniform in ±√(6 / (fan-in + fan-out)), biases zero: Keras's default.
   *
   * <p>Source: Glorot, Bengio: Understanding the difficulty of training deep feedforward neural
   * networks (2010), equation 16.
   */
  record Glorot() implements Initializer {
    @Override
    public void fill(Weight weight, float[] values, SplitMix64 random) {
      if (weight.role() == Weight.Role.BIAS) {
        return;
      }
      double bound = Math.sqrt(6.0 / (weight.fanIn() + weight.fanOut()));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /** The values with which an array begins. */
  default float[] initial(Weight weight, SplitMix64 random) {
    float[] values = new float[Math.toIntExact(weight.shape().size())];
    switch (weight.role()) {
      case KERNEL, BIAS -> fill(weight, values, random);
      case EMBEDDING -> random.fillNormal(values);
      case SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1);
      case SHIFT, RUNNING_MEAN -> {}
      case SINGULAR_VECTOR -> {
        random.fillNormal(values);
        double squares = 0;
        for (float value : values) {
          squares += (double) value * value;
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (values[i] / Math.sqrt(squares));
        }
      }
    }
    return values;
  }
}
