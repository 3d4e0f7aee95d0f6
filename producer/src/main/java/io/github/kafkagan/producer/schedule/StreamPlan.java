package io.github.kafkagan.producer.schedule;

import java.util.List;

/**
 * What the user wants streamed.
 *
 * @param phases one after the other; all but the last say how many images they have
 * @param shuffled whether each epoch has an order of its own
 * @param seed chooses the orders
 * @param epochs passes over the images of the last phase, 0 for endless
 * @param limit the stream's total length in images, whoever wrote them; 0 for endless
 */
public record StreamPlan(List<Phase> phases, boolean shuffled, long seed, long epochs, long limit) {

  /**
   * @throws IllegalArgumentException if epochs or limit is negative, or a phase would never begin
   */
  public StreamPlan {
    phases = List.copyOf(phases);
    if (epochs < 0 || limit < 0) {
      throw new IllegalArgumentException(
          (epochs < 0 ? "epochs" : "limit") + " must be 0 (endless) or more");
    }
    for (int i = 0; i < phases.size() - 1; i++) {
      if (phases.get(i).images().isEmpty()) {
        throw new IllegalArgumentException(
            "phase %d has no images=N, so that phase %d would never begin".formatted(i + 1, i + 2));
      }
    }
  }

  /** Names of the data sets in it, each once. */
  public List<String> datasets() {
    return phases.stream().map(Phase::dataset).distinct().toList();
  }
}
