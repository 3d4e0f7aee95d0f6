package io.github.kafkagan.trainer.evaluate;

import ai.djl.Device;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.quality.Classifier;
import io.github.kafkagan.trainer.step.Batch;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the classifier on the stream's first batches, one step beside each step of the networks,
 * and again for a while when a class appears that it does not know.
 */
final class ClassifierTraining implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClassifierTraining.class);

  /** A stream with larger labels is taken for one without: no classifier has so many outputs. */
  static final int MOST_CLASSES = 1_000;

  private static final long SEED = 20170626; // arXiv:1706.08500
  private static final double FORGETTING = 0.95;

  private final ImageShape image;
  private final Device device;
  private final int batches;
  private final TreeSet<Integer> learnt = new TreeSet<>();
  private Classifier classifier;
  private long until;
  private boolean told;
  private double accuracy;

  private ClassifierTraining(
      ImageShape image, Device device, int batches, Classifier classifier, long until) {
    this.image = image;
    this.device = device;
    this.batches = batches;
    this.classifier = classifier;
    this.until = until;
  }

  /**
   * Begins with one that has learnt nothing.
   *
   * @param classes the least number there will be
   * @param batches from which it learns; half as many more for a class that appears later
   */
  static ClassifierTraining fresh(ImageShape image, int classes, int batches, Device device) {
    int outputs = Math.max(2, classes);
    return new ClassifierTraining(
        image, device, batches, Classifier.fresh(image, outputs, SEED, device), batches);
  }

  /**
   * Begins with one that an earlier run has trained.
   *
   * @throws CheckpointException if it is none for such images
   */
  static ClassifierTraining restore(
      TrainedClassifier trained, ImageShape image, int batches, Device device) {
    Classifier classifier =
        Classifier.restore(trained.weights(), image, trained.spec().classes(), device);
    ClassifierTraining training =
        new ClassifierTraining(image, device, batches, classifier, classifier.steps());
    training.learnt.addAll(trained.spec().learnt());
    training.told = true;
    return training;
  }

  /** Learns from a batch, if there is still something to learn. */
  void see(Batch batch) {
    if (batch.labels().length == 0 || largest(batch) >= MOST_CLASSES) {
      return;
    }
    notice(batch);
    if (classifier.steps() < until) {
      double right = classifier.train(batch.pixels(), batch.labels(), batch.size());
      accuracy = FORGETTING * accuracy + (1 - FORGETTING) * right;
    }
  }

  private void notice(Batch batch) {
    for (int label : batch.labels()) {
      if (learnt.add(label) && classifier.steps() > 0) {
        until = Math.max(until, classifier.steps() + Math.max(1, batches / 2));
        told = false;
      }
    }
    if (largest(batch) >= classifier.classes()) {
      classifier.close();
      classifier = Classifier.fresh(image, largest(batch) + 1, SEED, device);
      until = batches;
    }
  }

  private static int largest(Batch batch) {
    int largest = 0;
    for (int label : batch.labels()) {
      largest = Math.max(largest, label);
    }
    return largest;
  }

  /** The classifier, once it is trained for the classes there are; it stays this object's. */
  @Nullable Classifier trained() {
    return classifier.steps() >= until ? classifier : null;
  }

  /** What is to be saved, once after each time that training came to its end. */
  @Nullable TrainedClassifier takeNew() {
    if (told || trained() == null) {
      return null;
    }
    told = true;
    log.atInfo()
        .addKeyValue("steps", classifier.steps())
        .addKeyValue("classes", learnt.size())
        .addKeyValue("accuracy", Math.round(1000 * accuracy) / 1000.0)
        .log("Classifier trained");
    return new TrainedClassifier(
        new TrainedClassifier.Spec(image.toString(), classifier.classes(), learnt),
        classifier.snapshot());
  }

  @Override
  public void close() {
    classifier.close();
  }
}
