package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.SortedMap;

/**
 * A record of the training topic; its {@code type} says which. Timestamps are epoch milliseconds.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainingEvent.Step.class, name = "step"),
  @JsonSubTypes.Type(value = TrainingEvent.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = TrainingEvent.Evaluation.class, name = "evaluation"),
  @JsonSubTypes.Type(value = TrainingEvent.Mode.class, name = "mode"),
  @JsonSubTypes.Type(value = TrainingEvent.Collapse.class, name = "collapse"),
})
public sealed interface TrainingEvent {
  String model();

  /**
   * A logged step.
   *
   * @param step generator steps of the model so far
   * @param imagesSeen real images of the model so far
   * @param nextPosition stream position of the first image that was not trained on; in a replay,
   *     that of its pass
   * @param newestImageTimestamp of the newest image trained on; 0 if none
   * @param imagesPerSecond since the last event of this process
   * @param lossDiscriminator of this step
   * @param lossGenerator of this step
   * @param scoreReal mean discriminator output on real images, as a probability
   * @param scoreFake likewise on generated images
   */
  record Step(
      String model,
      String runId,
      long timestamp,
      long step,
      long imagesSeen,
      long nextPosition,
      long newestImageTimestamp,
      double imagesPerSecond,
      double lossDiscriminator,
      double lossGenerator,
      double scoreReal,
      double scoreFake)
      implements TrainingEvent {}

  /**
   * A trainer that has no whole mini-batch to train on. It says so when it begins to wait, when
   * what it waits for changes, and every few seconds, so that who holds images back for it cannot
   * wait in turn.
   *
   * @param step generator steps of the model so far
   * @param imagesSeen real images of the model so far
   * @param nextPosition stream position of the image that it needs next: those before it were
   *     trained on, rejected, or are kept for the mini-batch that is not full yet
   * @param newestImageTimestamp of the newest image trained on; 0 if none
   */
  record Waiting(
      String model,
      String runId,
      long timestamp,
      long step,
      long imagesSeen,
      long nextPosition,
      long newestImageTimestamp)
      implements TrainingEvent {}

  /**
   * An evaluation.
   *
   * @param step whose generator was evaluated
   * @param imagesSeen at that step
   * @param figures by name; those of the manifest's {@code quality}
   * @param classShares per class its share of the generated images; empty without labels
   * @param best whether no generator of the model was better
   */
  record Evaluation(
      String model,
      String runId,
      long timestamp,
      long step,
      long imagesSeen,
      SortedMap<String, Double> figures,
      List<Double> classShares,
      boolean best)
      implements TrainingEvent {}

  /**
   * A class is generated for the first time.
   *
   * @param step of the evaluation that showed it
   * @param label the class
   * @param images trained on since the class first appeared in the stream
   * @param seconds since then
   */
  record Mode(
      String model, String runId, long timestamp, long step, int label, long images, double seconds)
      implements TrainingEvent {}

  /**
   * Training has collapsed.
   *
   * @param step at which it was noticed
   * @param reason in capitals
   * @param explanation one sentence
   * @param action what was done about it: warn, rollback or stop
   */
  record Collapse(
      String model,
      String runId,
      long timestamp,
      long step,
      String reason,
      String explanation,
      String action)
      implements TrainingEvent {}
}
