package io.github.kafkagan.gan.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationTest {
  private static final Device CPU = Device.cpu();
  private static final int COUNT = 300;
  private static final int SIZE = DrawnDigits.SHAPE.size();
  private static final int[] NO_LABELS = {};
  private static final DrawnDigits DIGITS = DrawnDigits.all(1, COUNT);
  private static final Real REAL = new Real(COUNT, DIGITS.pixels(), DIGITS.labels());

  private final Classifier classifier =
      Classifier.fresh(DrawnDigits.SHAPE, DrawnDigits.CLASSES, 7, CPU);

  @BeforeAll
  void train() {
    Backend.useThreads(1);
    for (int step = 0; step < 300; step++) {
      DrawnDigits digits = DrawnDigits.all(100L + step, 40);
      classifier.train(digits.pixels(), digits.labels(), 40);
    }
  }

  @AfterAll
  void close() {
    classifier.close();
  }

  @Test
  void givenImagesLikeTheRealOnesThenFiguresAreGood() {
    DrawnDigits others = DrawnDigits.all(2, COUNT);

    QualityReport report = evaluate(these(others), REAL, classifier, null);

    assertThat(report.images()).isEqualTo(COUNT);
    assertThat(figure(report, Figure.CLASSES)).isEqualTo(10);
    assertThat(figure(report, Figure.INCEPTION_SCORE)).isBetween(7.0, 10.0);
    assertThat(figure(report, Figure.LABEL_ACCURACY)).isGreaterThan(0.9);
    assertThat(figure(report, Figure.CLASSIFIER_ACCURACY)).isGreaterThan(0.9);
    assertThat(figure(report, Figure.DENSITY)).isCloseTo(1, within(0.2));
    assertThat(figure(report, Figure.COVERAGE)).isGreaterThan(0.8);
    assertThat(report.classShares()).hasSize(10).allMatch(share -> share > 0.05);
  }

  @Test
  void givenCopiesThenTheirDistanceSaysSo() {
    QualityReport report = evaluate(these(DIGITS), REAL, classifier, null);

    assertThat(figure(report, Figure.FRECHET_DISTANCE)).isCloseTo(0, within(1e-6));
    assertThat(figure(report, Figure.NEAREST_IMAGE_DISTANCE)).isZero();
    assertThat(figure(report, Figure.NEAREST_IMAGE_RATIO)).isZero();
    assertThat(figure(report, Figure.LABEL_ACCURACY))
        .isEqualTo(figure(report, Figure.CLASSIFIER_ACCURACY));
  }

  @Test
  void givenOneClassOnlyThenFiguresDrop() {
    int[] labels = new int[COUNT];
    Arrays.fill(labels, 3);

    QualityReport report = evaluate(these(DrawnDigits.of(2, labels)), REAL, classifier, null);
    QualityReport good = evaluate(these(DrawnDigits.all(2, COUNT)), REAL, classifier, null);

    assertThat(figure(report, Figure.CLASSES)).isLessThan(4);
    assertThat(figure(report, Figure.INCEPTION_SCORE)).isLessThan(2);
    assertThat(figure(report, Figure.COVERAGE)).isLessThan(0.3);
    assertThat(figure(report, Figure.FRECHET_DISTANCE))
        .isGreaterThan(10 * figure(good, Figure.FRECHET_DISTANCE));
    assertThat(report.classShares().get(3)).isGreaterThan(0.9);
  }

  @Test
  void givenImagesWithoutLabelsThenOnlyFiguresOfPixelsAndDiscriminatorExist() {
    Generated generated = new Generated(COUNT, 4, NO_LABELS, (z, labels) -> blank(z.length / 4));
    Discriminator discriminator =
        new Discriminator(
            (pixels, labels) -> new float[pixels.length / SIZE], OptionalDouble.of(0.5));

    QualityReport report =
        evaluate(generated, new Real(COUNT, DIGITS.pixels(), NO_LABELS), null, discriminator);

    assertThat(report.figures())
        .containsOnlyKeys("nearestImageDistance", "nearestImageRatio", "discriminatorAccuracy");
    assertThat(figure(report, Figure.DISCRIMINATOR_ACCURACY)).isEqualTo(0.5);
    assertThat(figure(report, Figure.NEAREST_IMAGE_RATIO)).isGreaterThan(0.5);
    assertThat(report.classShares()).isEmpty();
    assertThat(report.leftOut())
        .containsEntry(
            "frechetDistance", "images without labels train no classifier, whose features it needs")
        .hasSize(7);
  }

  @Test
  void givenADiscriminatorThenItSeesAllImagesWithTheirLabels() {
    // Real with a 4 in it; generated otherwise.
    Discriminator.Judge judge =
        (pixels, labels) -> {
          float[] logits = new float[labels.length];
          for (int i = 0; i < logits.length; i++) {
            logits[i] = labels[i] == 4 ? 1 : -1;
          }
          return logits;
        };

    QualityReport report =
        evaluate(these(DIGITS), REAL, classifier, new Discriminator(judge, OptionalDouble.of(0)));
    QualityReport critic =
        evaluate(these(DIGITS), REAL, classifier, new Discriminator(judge, OptionalDouble.empty()));

    assertThat(figure(report, Figure.DISCRIMINATOR_ACCURACY)).isCloseTo(0.5, within(1e-12));
    assertThat(critic.leftOut())
        .containsOnly(
            Map.entry(
                "discriminatorAccuracy",
                "the objective has no boundary between real and generated images"));
  }

  @Test
  void givenTheSameNetworksThenFiguresAreTheSameToTheLastBit() {
    GeneratorSpec spec =
        Preset.named("mlp-1024")
            .with(Map.of("image", DrawnDigits.SHAPE.toString()))
            .generatorSpec();
    try (Generator generator = Generator.load(spec, Generator.untrained(spec, 1).encode(), CPU)) {
      Generated generated = new Generated(COUNT, spec.latentSize(), NO_LABELS, generator::generate);

      QualityReport first = evaluate(generated, REAL, classifier, null);
      QualityReport second = evaluate(generated, REAL, classifier, null);

      assertThat(second).isEqualTo(first);
      assertThat(first.leftOut()).containsEntry("labelAccuracy", "the generator is unconditional");
    }
  }

  @Test
  void givenEvaluationsOfOtherSizesThenLatentVectorsAreTheSame() {
    List<float[]> drawn = new ArrayList<>();
    for (int count : new int[] {128, 192}) {
      evaluate(
          new Generated(
              count,
              4,
              NO_LABELS,
              (z, labels) -> {
                drawn.add(z);
                return blank(z.length / 4);
              }),
          REAL,
          null,
          null);
    }

    assertThat(drawn).hasSize(5);
    assertThat(drawn.get(2)).isEqualTo(drawn.get(0));
    assertThat(drawn.get(3)).isEqualTo(drawn.get(1));
    assertThat(drawn.get(1)).isNotEqualTo(drawn.get(0));
  }

  @Test
  void givenRealImagesThatAreAllTheSameThenTheRatioIsLeftOut() {
    Real real = new Real(COUNT, blank(COUNT), NO_LABELS);

    QualityReport report = evaluate(these(DIGITS, NO_LABELS), real, null, null);

    assertThat(report.leftOut())
        .containsEntry("nearestImageRatio", "every real image has an equal among the others");
  }

  @Test
  void givenAnEvaluationThatIsNotOverThenItHasNoReport() {
    try (Evaluation evaluation = new Evaluation(these(DIGITS), REAL, classifier, null, CPU)) {
      assertThat(evaluation.advance()).isFalse();

      assertThatThrownBy(evaluation::report)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("slices of the evaluation are still to do");
    }
  }

  @Test
  void givenWhatDoesNotFitThenItIsRefused() {
    Real unlabelled = new Real(COUNT, DIGITS.pixels(), NO_LABELS);
    Generated wrong = new Generated(COUNT, 4, NO_LABELS, (z, labels) -> new byte[5]);
    Discriminator mute = new Discriminator((pixels, labels) -> new float[1], OptionalDouble.of(0));

    assertThatThrownBy(() -> new Evaluation(these(DIGITS), unlabelled, classifier, null, CPU))
        .hasMessage("a conditional generator needs real images with labels");
    assertThatThrownBy(() -> evaluate(wrong, REAL, classifier, null))
        .hasMessage("5 bytes are not 64 images of the real ones' size");
    assertThatThrownBy(() -> evaluate(these(DIGITS), REAL, classifier, mute))
        .hasMessage("1 logits for 64 images");
    assertThatThrownBy(() -> new Real(5, blank(5), NO_LABELS))
        .hasMessage("an evaluation needs more than 5 real images, not 5");
    assertThatThrownBy(() -> new Generated(COUNT, 4, new int[3], (z, labels) -> new byte[0]))
        .hasMessage("3 labels for 300 images");
  }

  /** A generator that makes the given images, each for its label. */
  private static Generated these(DrawnDigits digits) {
    return these(digits, digits.labels());
  }

  private static Generated these(DrawnDigits digits, int[] labels) {
    int[] made = {0};
    return new Generated(
        COUNT,
        1,
        labels,
        (z, wanted) -> {
          int first = made[0];
          made[0] += z.length;
          return Arrays.copyOfRange(digits.pixels(), first * SIZE, made[0] * SIZE);
        });
  }

  private static byte[] blank(int count) {
    return new byte[count * SIZE];
  }

  private static QualityReport evaluate(
      Generated generated,
      Real real,
      @Nullable Classifier classifier,
      @Nullable Discriminator discriminator) {
    try (Evaluation evaluation = new Evaluation(generated, real, classifier, discriminator, CPU)) {
      while (!evaluation.advance()) {
        // Training would go on here.
      }
      return evaluation.report();
    }
  }

  private static double figure(QualityReport report, Figure figure) {
    Double value = report.figures().get(figure.key());
    if (value == null) {
      throw new AssertionError(figure.key() + " was left out: " + report.leftOut());
    }
    return value;
  }
}
