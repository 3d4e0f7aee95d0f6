package io.github.kafkagan.gan.quality;

import java.util.ArrayList;
import java.util.List;

/** Features of many images, gathered batch by batch. */
final class FeatureTable {
  private final List<Features> batches = new ArrayList<>();

  void add(Features batch) {
    batches.add(batch);
  }

  /** All that was added, in order; at least one batch. */
  Features all() {
    int count = batches.stream().mapToInt(Features::count).sum();
    float[] features = new float[count * batches.get(0).size()];
    float[] probabilities = new float[count * batches.get(0).classes()];
    int first = 0;
    for (Features batch : batches) {
      int size = batch.features().length;
      int classes = batch.probabilities().length;
      System.arraycopy(batch.features(), 0, features, first * batch.size(), size);
      System.arraycopy(batch.probabilities(), 0, probabilities, first * batch.classes(), classes);
      first += batch.count();
    }
    return new Features(count, features, probabilities);
  }
}
