package io.github.kafkagan.gan.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.FiniteDifferences;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveTest {
  private static final float[] REAL = {2, -0.5f, 0.3f, 40};
  private static final float[] FAKE = {-3, 0.7f, 1.5f, -60};

  private final NDManager manager = Backend.newManager(Device.cpu());
  private final Operators operators = new Operators(manager);

  @BeforeEach
  void useGradients() {
    Backend.useGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givenLogitsThenBinaryCrossEntropyIsTheFormula() {
    Objective objective = new BinaryCrossEntropy(0);

    double expected = 0;
    for (int i = 0; i < REAL.length; i++) {
      expected -= Math.log(sigmoid(REAL[i])) + Math.log(1 - sigmoid(FAKE[i]));
    }
    assertThat(value(objective.discriminator(array(REAL), array(FAKE))))
        .isCloseTo(expected / (2 * REAL.length), within(1e-6));
    double generator = mean(FAKE, l -> -Math.log(sigmoid(l)));
    assertThat(value(objective.generator(array(FAKE)))).isCloseTo(generator, within(1e-5));
  }

  @Test
  void givenSmoothingThenOnlyTheDiscriminatorsTargetForRealsIsLower() {
    double share = 0.1;
    Objective objective = new BinaryCrossEntropy(share);

    double reals =
        mean(REAL, l -> -(1 - share) * Math.log(sigmoid(l)) - share * Math.log(sigmoid(-l)));
    double fakes = mean(FAKE, l -> -Math.log(sigmoid(-l)));
    assertThat(value(objective.discriminator(array(REAL), array(FAKE))))
        .isCloseTo((reals + fakes) / 2, within(1e-5));
    assertThat(value(objective.generator(array(FAKE))))
        .isEqualTo(value(new BinaryCrossEntropy(0).generator(array(FAKE))));
    assertThat(value(new LeastSquares(share).real(array(REAL))))
        .isCloseTo(mean(REAL, l -> (l - 0.9) * (l - 0.9)), withPercentage(1e-3));
    assertThat(value(new LeastSquares(share).generator(array(FAKE))))
        .isEqualTo(value(new LeastSquares(0).generator(array(FAKE))));
  }

  @Test
  void givenLogitsThenTheHingeLossIsTheFormula() {
    Objective objective = new Hinge();

    assertThat(value(objective.discriminator(array(REAL), array(FAKE))))
        .isCloseTo(
            mean(REAL, l -> Math.max(0, 1 - l)) + mean(FAKE, l -> Math.max(0, 1 + l)),
            within(1e-5));
    assertThat(value(objective.generator(array(FAKE))))
        .isCloseTo(mean(FAKE, l -> -l), within(1e-5));
  }

  @Test
  void givenLogitsThenTheLeastSquaresLossIsTheFormula() {
    Objective objective = new LeastSquares(0);

    double reals = mean(REAL, l -> (l - 1) * (l - 1));
    double fakes = mean(FAKE, l -> l * l);
    assertThat(value(objective.discriminator(array(REAL), array(FAKE))))
        .isCloseTo((reals + fakes) / 2, within(1e-3));
    assertThat(value(objective.generator(array(FAKE))))
        .isCloseTo(mean(FAKE, l -> (l - 1) * (l - 1)) / 2, within(1e-3));
  }

  @Test
  void givenLogitsThenTheWassersteinLossIsTheFormula() {
    Objective objective = new Wasserstein();

    assertThat(value(objective.discriminator(array(REAL), array(FAKE))))
        .isCloseTo(mean(FAKE, l -> l) - mean(REAL, l -> l), within(1e-5));
    assertThat(value(objective.generator(array(FAKE))))
        .isCloseTo(mean(FAKE, l -> -l), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void givenOneKindOfSamplesThenItsPartOfTheLossIsThatOfBothUpToAFactor(Objective objective) {
    double parts = value(objective.real(array(REAL))) + value(objective.fake(array(FAKE)));
    double together = value(objective.discriminator(array(REAL), array(FAKE)));
    boolean averages = objective instanceof BinaryCrossEntropy || objective instanceof LeastSquares;

    assertThat(averages ? parts / 2 : parts).isCloseTo(together, withPercentage(1e-3));
  }

  static List<Objective> objectives() {
    return List.of(
        new BinaryCrossEntropy(0),
        new Hinge(),
        new LeastSquares(0),
        new Wasserstein(),
        new BinaryCrossEntropy(0.1),
        new LeastSquares(0.1));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void givenLogitsThenGradientsAreThoseOfFiniteDifferences(Objective objective) {
    float step = 1e-2f;
    NDArray real = array(REAL);
    NDArray fake = array(FAKE);
    real.setRequiresGradient(true);
    fake.setRequiresGradient(true);

    NDArray lossDiscriminator = objective.discriminator(real, fake);
    NDArray lossGenerator = objective.generator(fake);
    collectGarbage();
    // Differences of losses are as exact as the single precision of the losses.
    double exactness = 1e-7 * Math.max(value(lossDiscriminator), value(lossGenerator));
    Offset<Double> tolerance = within(1e-3 + Math.max(0, exactness) / step);
    NDList discriminator = operators.gradients(lossDiscriminator, new NDList(real, fake));
    NDList generator = operators.gradients(lossGenerator, new NDList(fake));

    for (int i = 0; i < REAL.length; i++) {
      assertThat((double) discriminator.get(0).toFloatArray()[i])
          .isCloseTo(
              (value(objective.discriminator(moved(REAL, i, step), array(FAKE)))
                      - value(objective.discriminator(moved(REAL, i, -step), array(FAKE))))
                  / (2 * step),
              tolerance);
      assertThat((double) discriminator.get(1).toFloatArray()[i])
          .isCloseTo(
              (value(objective.discriminator(array(REAL), moved(FAKE, i, step)))
                      - value(objective.discriminator(array(REAL), moved(FAKE, i, -step))))
                  / (2 * step),
              tolerance);
      assertThat((double) generator.get(0).toFloatArray()[i])
          .isCloseTo(
              (value(objective.generator(moved(FAKE, i, step)))
                      - value(objective.generator(moved(FAKE, i, -step))))
                  / (2 * step),
              tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void givenASampleAsLikelyRealAsGeneratedThenTheBoundaryIsTheBestLogit(Objective objective) {
    if (objective instanceof Wasserstein) {
      assertThat(objective.boundary()).isEmpty();
      return;
    }
    double boundary = objective.boundary().orElseThrow();

    double loss = lossOfBoth(objective, boundary);

    assertThat(loss).isLessThanOrEqualTo(lossOfBoth(objective, boundary + 0.05));
    assertThat(loss).isLessThanOrEqualTo(lossOfBoth(objective, boundary - 0.05));
  }

  @Test
  void givenHingeLossThenTheBoundaryIsInTheMiddleOfTheBestLogits() {
    assertThat(new Hinge().boundary()).hasValue(0);
  }

  private double lossOfBoth(Objective objective, double logit) {
    float[] logits = {(float) logit};
    return value(objective.discriminator(array(logits), array(logits)));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void givenOneKindOfSamplesThenGradientsAreThoseOfFiniteDifferences(Objective objective) {
    // Where the hinge has no kink; logits of 40 would need less than single precision.
    NDArray logits = array(new float[] {2, -0.5f, 0.3f, -3});

    FiniteDifferences.assertGradient(operators, logits, objective::real);
    FiniteDifferences.assertGradient(operators, logits, objective::fake);
  }

  @Test
  void givenFeaturesThenFeatureMatchingIsTheFormulaAndItsGradientThatOfFiniteDifferences() {
    NDArray real = Upload.floats(manager, new float[] {1, 2, 3, 4, 5, 9}, new Shape(3, 2));
    NDArray fake = Upload.floats(manager, new float[] {0, 1, -2, 2}, new Shape(2, 2));
    real.setRequiresGradient(true);

    // Means 3 and 5 of reals, -1 and 1.5 of fakes.
    assertThat(value(FeatureMatching.generator(real, fake)))
        .isCloseTo(16 + 3.5 * 3.5, within(1e-5));
    FiniteDifferences.assertGradient(
        operators, fake, moved -> FeatureMatching.generator(real, moved));
    fake.setRequiresGradient(true);
    NDArray loss = FeatureMatching.generator(real, fake).add(real.sum());
    assertThat(operators.gradients(loss, new NDList(real)).get(0).toFloatArray()).containsOnly(1);
  }

  /** Frees, and writes over, whatever a graph should not have relied on. */
  private static void collectGarbage() {
    WeakReference<Object> unreachable = new WeakReference<>(new Object());
    while (unreachable.get() != null) {
      System.gc();
    }
    for (int i = 0; i < 10_000; i++) {
      ByteBuffer.allocateDirect(Float.BYTES);
    }
  }

  private NDArray moved(float[] logits, int index, float step) {
    float[] moved = logits.clone();
    moved[index] += step;
    return array(moved);
  }

  private NDArray array(float[] logits) {
    return Upload.floats(manager, logits, new Shape(logits.length, 1));
  }

  private static double value(NDArray loss) {
    return loss.getFloat();
  }

  private static double mean(float[] logits, ToDoubleFunction<Double> function) {
    double sum = 0;
    for (float logit : logits) {
      sum += function.applyAsDouble((double) logit);
    }
    return sum / logits.length;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
