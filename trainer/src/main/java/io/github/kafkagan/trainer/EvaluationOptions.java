package io.github.kafkagan.trainer;

import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.trainer.evaluate.EvaluationSettings;
import io.github.kafkagan.trainer.evaluate.OnCollapse;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How the generator is judged while it learns. */
final class EvaluationOptions {
  @Option(
      names = "--evaluate-every",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How long after an evaluation of the generator the next one begins, 0s for none (default:"
              + " 30s).")
  private Duration every = Duration.ofSeconds(30);

  @Option(
      names = "--evaluate-images",
      paramLabel = "N",
      description =
          "Generated images in an evaluation, and real ones to compare them with (default:"
              + " ${DEFAULT-VALUE}).")
  private int images = 2048;

  @Option(
      names = "--evaluate-images-at-end",
      paramLabel = "N",
      description = "Likewise in the evaluation with which a run ends (default: ${DEFAULT-VALUE}).")
  private int imagesAtEnd = 10_000;

  @Option(
      names = "--classifier-batches",
      paramLabel = "N",
      description =
          "Batches of the stream from which a new model's classifier learns before the first"
              + " evaluation; half as many more when a class appears later (default:"
              + " ${DEFAULT-VALUE}).")
  private int classifierBatches = 600;

  @Option(
      names = "--on-collapse",
      paramLabel = "warn|rollback|stop",
      description =
          "When the generator loses classes, or gets far worse than it was, or losses are no"
              + " numbers any more: go on, restore the best state and go on from there with the"
              + " present images, or end (default: warn; without numbers, warn ends too).")
  private OnCollapse onCollapse = OnCollapse.WARN;

  EvaluationSettings settings() {
    return new EvaluationSettings(every, images, imagesAtEnd, classifierBatches, onCollapse);
  }
}
