package io.github.kafkagan.trainer.evaluate;

import java.util.Map;

/**
 * What distances depend on besides the generator. Those of different scales cannot be compared: a
 * classifier that learnt more has other features, a stream with other classes other images, and
 * fewer images give larger distances.
 *
 * @param classifierSteps batches that the classifier has learnt from; 0 if there is none
 * @param streamClasses how many classes the real images had; 0 if they have no labels
 * @param images how many generated ones there were
 */
record Scale(long classifierSteps, int streamClasses, int images) {
  private static final String CLASSIFIER_STEPS = "classifierSteps";
  private static final String STREAM_CLASSES = "streamClasses";

  private static final String IMAGES = "evaluatedImages";

  void addTo(Map<String, Double> quality) {
    quality.put(CLASSIFIER_STEPS, (double) classifierSteps);
    quality.put(STREAM_CLASSES, (double) streamClasses);
    quality.put(IMAGES, (double) images);
  }

  /** The scale of a manifest's figures. */
  static Scale of(Map<String, Double> quality) {
    return new Scale(
        quality.getOrDefault(CLASSIFIER_STEPS, 0.0).longValue(),
        quality.getOrDefault(STREAM_CLASSES, 0.0).intValue(),
        quality.getOrDefault(IMAGES, 0.0).intValue());
  }
}
