package io.github.kafkagan.trainer.evaluate;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A classifier as it is saved.
 *
 * @param bytes its weights as safetensors
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over to a publisher, never compared.
public record TrainedClassifier(Spec spec, byte[] bytes) {
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
