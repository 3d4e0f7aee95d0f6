package io.github.kafkagan.gan.quality;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.quality.Blocks.Block;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a generator, in slices so short that they fit between steps of training.
 *
 * <p>The latent vectors are the same in every evaluation. The same networks and images give the
 * same figures; on the CPU with one thread down to the last bit. For one thread at a time. The
 * networks must not be trained between the first and the last slice, or the figures are of some
 * mixture of them.
 */
public final class Evaluation implements AutoCloseable {
  /** Images per evaluation beside training. */
  public static final int IMAGES = 2_048;

  /** Images for an evaluation at the end of a run. */
  public static final int FINAL_IMAGES = 10_000;

  private static final int BATCH = 64;
  private static final long LATENT_SEED = 0x5eed;

  private final NDManager manager;
  private final Generated generated;
  private final Real real;
  private final byte[] fakes;
  private final Findings findings = new Findings();
  private final Deque<Runnable> slices = new ArrayDeque<>();

  /**
   * Plans an evaluation; computes nothing yet.
   *
   * @param classifier trained; stays the caller's to close, after this. Null where images have no
   *     labels: the figures that need it are then left out
   * @param discriminator null to leave its figure out
   * @throws IllegalArgumentException if images and networks do not fit together
   */
  public Evaluation(
      Generated generated,
      Real real,
      @Nullable Classifier classifier,
      @Nullable Discriminator discriminator,
      Device device) {
    this.generated = generated;
    this.real = real;
    if (generated.conditional() && real.labels().length == 0) {
      throw new IllegalArgumentException("a conditional generator needs real images with labels");
    }
    fakes = new byte[Math.multiplyExact(generated.count(), real.imageSize())];
    manager = Backend.newManager(device);
    manager.cap();
    for (Block block : Blocks.of(generated.count(), BATCH)) {
      slices.add(() -> render(block));
    }
    planDiscriminator(discriminator);
    planNearestImages();
    planClassifier(classifier);
  }

  /**
   * Does the next slice: some milliseconds of work.
   *
   * @return true once there is none left
   * @throws IllegalArgumentException if what was given makes images or logits of another size
   */
  public boolean advance() {
    Backend.useGradients(false);
    Runnable slice = slices.poll();
    if (slice != null) {
      slice.run();
    }
    return slices.isEmpty();
  }

  /**
   * What was found.
   *
   * @throws IllegalStateException if {@link #advance} has not come to the end
   */
  public QualityReport report() {
    if (!slices.isEmpty()) {
      throw new IllegalStateException(slices.size() + " slices of the evaluation are still to do");
    }
    return findings.report(generated.count());
  }

  private void render(Block block) {
    long seed = SplitMix64.combine(LATENT_SEED, block.first());
    byte[] images =
        generated
            .renderer()
            .render(
                Latents.draw(seed, block.count(), generated.latentSize()),
                labels(generated.labels(), block));
    if (images.length != block.count() * real.imageSize()) {
      throw new IllegalArgumentException(
          images.length + " bytes are not " + block.count() + " images of the real ones' size");
    }
    System.arraycopy(images, 0, fakes, block.first() * real.imageSize(), images.length);
  }

  private void planDiscriminator(@Nullable Discriminator discriminator) {
    if (discriminator == null) {
      findings.leaveOut("there is no discriminator", Figure.DISCRIMINATOR_ACCURACY);
      return;
    }
    if (discriminator.boundary().isEmpty()) {
      findings.leaveOut(
          "the objective has no boundary between real and generated images",
          Figure.DISCRIMINATOR_ACCURACY);
      return;
    }
    DiscriminatorAccuracy accuracy =
        new DiscriminatorAccuracy(discriminator.boundary().getAsDouble());
    int[] realLabels = generated.conditional() ? real.labels() : new int[0];
    for (Block block : Blocks.of(real.count(), BATCH)) {
      slices.add(() -> accuracy.addReal(logits(discriminator, real.pixels(), realLabels, block)));
    }
    for (Block block : Blocks.of(generated.count(), BATCH)) {
      slices.add(() -> accuracy.addFake(logits(discriminator, fakes, generated.labels(), block)));
    }
    slices.add(() -> findings.add(Figure.DISCRIMINATOR_ACCURACY, accuracy.value()));
  }

  private float[] logits(Discriminator discriminator, byte[] images, int[] labels, Block block) {
    float[] logits = discriminator.judge().logits(pixels(images, block), labels(labels, block));
    if (logits.length != block.count()) {
      throw new IllegalArgumentException(
          logits.length + " logits for " + block.count() + " images");
    }
    return logits;
  }

  private void planNearestImages() {
    NearestImages copies = NearestImages.among(manager, fakes, real.pixels(), real.imageSize());
    NearestImages others = NearestImages.within(manager, real.pixels(), real.imageSize());
    slices.addAll(copies.slices());
    slices.addAll(others.slices());
    slices.add(
        () -> {
          findings.add(Figure.NEAREST_IMAGE_DISTANCE, copies.mean());
          if (others.mean() > 0) {
            findings.add(Figure.NEAREST_IMAGE_RATIO, copies.mean() / others.mean());
          } else {
            findings.leaveOut(
                "every real image has an equal among the others", Figure.NEAREST_IMAGE_RATIO);
          }
        });
  }

  private void planClassifier(@Nullable Classifier classifier) {
    if (classifier == null) {
      findings.leaveOut(
          "images without labels train no classifier, whose features it needs",
          Figure.FRECHET_DISTANCE,
          Figure.INCEPTION_SCORE,
          Figure.CLASSES,
          Figure.CLASSIFIER_ACCURACY,
          Figure.LABEL_ACCURACY,
          Figure.DENSITY,
          Figure.COVERAGE);
      return;
    }
    FeatureTable realTable = new FeatureTable();
    FeatureTable fakeTable = new FeatureTable();
    for (Block block : Blocks.of(real.count(), BATCH)) {
      slices.add(
          () -> realTable.add(classifier.judge(pixels(real.pixels(), block), block.count())));
    }
    for (Block block : Blocks.of(generated.count(), BATCH)) {
      slices.add(() -> fakeTable.add(classifier.judge(pixels(fakes, block), block.count())));
    }
    slices.add(() -> planFeatures(realTable.all(), fakeTable.all()));
  }

  private void planFeatures(Features reals, Features generatedOnes) {
    slices.add(() -> findings.addClasses(generatedOnes, generated.labels(), reals, real.labels()));
    slices.add(
        () ->
            findings.add(
                Figure.FRECHET_DISTANCE,
                FrechetDistance.between(
                    manager, reals.features(), generatedOnes.features(), reals.size())));
    DensityCoverage neighbours = new DensityCoverage(manager, reals, generatedOnes);
    slices.addAll(neighbours.slices());
    slices.add(
        () -> {
          findings.add(Figure.DENSITY, neighbours.density());
          findings.add(Figure.COVERAGE, neighbours.coverage());
          neighbours.close();
        });
  }

  private byte[] pixels(byte[] images, Block block) {
    return Arrays.copyOfRange(
        images, block.first() * real.imageSize(), block.end() * real.imageSize());
  }

  private static int[] labels(int[] labels, Block block) {
    return labels.length == 0 ? labels : Arrays.copyOfRange(labels, block.first(), block.end());
  }

  @Override
  public void close() {
    manager.close();
  }
}
