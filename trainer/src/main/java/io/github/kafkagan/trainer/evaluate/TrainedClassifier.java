package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.checkpoint.Snapshot;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A classifier as it is saved.
 *
 * @param weights its weights, and its optimizer's moments
 */
public record TrainedClassifier(Spec spec, Snapshot weights) {
  /**
   * What its manifest says of it.
   *
   * @param image shape of its images
   * @param classes how many outputs it has
   * @param learnt the labels that it has been trained on
   */
  public record Spec(String image, int classes, SortedSet<Integer> learnt) {
    public Spec {
      learnt = Collections.unmodifiableSortedSet(new TreeSet<>(learnt));
    }
  }
}
