package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.pipeline.contract.TrainingEvent;
import io.github.kafkagan.trainer.observe.EventSender;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells of evaluations and collapses: in the log, the metrics and the training topic. */
public final class QualityLog {
  private static final Logger log = LoggerFactory.getLogger(QualityLog.class);
  private static final double THOUSAND = 1000;

  private final QualityMetrics metrics;
  private final EventSender events;
  private final String model;
  private final String runId;

  public QualityLog(QualityMetrics metrics, EventSender events, String model, String runId) {
    this.metrics = metrics;
    this.events = events;
    this.model = model;
    this.runId = runId;
  }

  /** An evaluation is complete. */
  void evaluated(Assessment assessment, boolean best) {
    metrics.evaluated(assessment.report());
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("step", assessment.progress().step())
            .addKeyValue("seconds", rounded(assessment.seconds()))
            .addKeyValue("best", best);
    for (var figure : assessment.report().figures().entrySet()) {
      line = line.addKeyValue(figure.getKey(), rounded(figure.getValue()));
    }
    line.log("Generator evaluated");
    events.send(
        new TrainingEvent.Evaluation(
            model,
            runId,
            System.currentTimeMillis(),
            assessment.progress().step(),
            assessment.progress().imagesSeen(),
            assessment.quality(),
            assessment.report().classShares(),
            best));
  }

  /** Classes are generated for the first time. */
  void learnt(List<LearntClass> classes, Assessment assessment) {
    for (LearntClass mode : classes) {
      metrics.learnt(mode.label(), mode.images(), mode.seconds());
      log.atInfo()
          .addKeyValue("class", mode.label())
          .addKeyValue("images", mode.images())
          .addKeyValue("seconds", rounded(mode.seconds()))
          .log("Class learnt");
      events.send(
          new TrainingEvent.Mode(
              model,
              runId,
              System.currentTimeMillis(),
              assessment.progress().step(),
              mode.label(),
              mode.images(),
              mode.seconds()));
    }
  }

  /** What is to be done if training collapses; each reason is counted from now on. */
  void mayCollapse(OnCollapse action) {
    for (Collapse.Reason reason : Collapse.Reason.values()) {
      metrics.mayCollapse(reason.name(), action.name());
    }
  }

  /** Training has collapsed. */
  public void collapsed(Collapse collapse, OnCollapse action, long step) {
    metrics.collapsed(collapse.reason().name(), action.name());
    log.atWarn()
        .addKeyValue("step", step)
        .addKeyValue("reason", collapse.reason())
        .addKeyValue("action", action)
        .addKeyValue("explanation", collapse.explanation())
        .log("Training has collapsed");
    events.send(
        new TrainingEvent.Collapse(
            model,
            runId,
            System.currentTimeMillis(),
            step,
            collapse.reason().name(),
            collapse.explanation(),
            action.name().toLowerCase(Locale.ROOT)));
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSAND) / THOUSAND;
  }
}
