package io.github.kafkagan.bench.training;

import ai.djl.Device;
import io.github.kafkagan.bench.measure.Repeated;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.gan.quality.Evaluation;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.checkpoint.OwnedLog;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.checkpoint.ResumePoint;
import io.github.kafkagan.trainer.checkpoint.Run;
import io.github.kafkagan.trainer.client.TrainerClients;
import io.github.kafkagan.trainer.evaluate.CollapseGuard;
import io.github.kafkagan.trainer.evaluate.EvaluationSettings;
import io.github.kafkagan.trainer.evaluate.Evaluator;
import io.github.kafkagan.trainer.evaluate.OnCollapse;
import io.github.kafkagan.trainer.evaluate.QualityLog;
import io.github.kafkagan.trainer.evaluate.Supervision;
import io.github.kafkagan.trainer.ingest.ImageReader;
import io.github.kafkagan.trainer.ingest.ImageStream;
import io.github.kafkagan.trainer.ingest.MissingOffsets;
import io.github.kafkagan.trainer.ingest.StreamBatch;
import io.github.kafkagan.trainer.observe.EventSender;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import io.github.kafkagan.trainer.observe.StepLog;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.github.kafkagan.trainer.step.StepResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** The trainer's loop, fed by Kafka, with all that it does between two steps. */
public final class KafkaSide implements Side {
  private static final int LOG_EVERY = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Checkpoints.Intervals DEFAULTS =
      new Checkpoints.Intervals(Duration.ofSeconds(5), Duration.ofSeconds(60));
  private static final EvaluationSettings EVALUATION =
      new EvaluationSettings(
          Duration.ofSeconds(30), Evaluation.IMAGES, Evaluation.IMAGES, 600, OnCollapse.WARN);

  private final Preset preset;
  private final Metrics metrics = new Metrics();
  private final AdversarialTraining training;
  private final ImageStream images;
  private final EventSender events;
  private final OwnedLog owned;
  private final @Nullable Checkpoints checkpoints;
  private final @Nullable Supervision supervision;
  private final StepLog steps;
  private final Repeated loop;
  private Progress progress = Progress.none();

  private KafkaSide(String presetName, String bootstrapServers, boolean defaults) {
    preset = Preset.named(presetName);
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    String model = "bench-" + UUID.randomUUID();
    Run run =
        new Run(
            model,
            UUID.randomUUID().toString(),
            presetName,
            Json.tree(preset),
            Json.tree(preset.generatorSpec()),
            1,
            new TreeMap<>());
    TrainerClients clients =
        TrainerClients.of(Map.of("bootstrap.servers", bootstrapServers), topics, model);
    TrainerMetrics meters = new TrainerMetrics(metrics.registry());
    owned = OwnedLog.takeOver(clients.ownedLog(), topics.trainerState().name(), model, run.id());
    training = AdversarialTraining.fresh(preset, 1, Device.cpu());
    images =
        ImageStream.open(
            clients.imagesConsumer(topics.images().partitions()),
            clients.rejectionProducer(),
            new ImageStream.Settings(
                topics.images().name(),
                topics.rejected().name(),
                new ImageReader(preset.image().size(), preset.classes()),
                preset.batchSize(),
                MissingOffsets.FAIL),
            progress.position(),
            meters);
    events = new EventSender(clients.eventProducer(), topics.training().name(), meters);
    checkpoints = defaults ? checkpoints(clients, topics, run, meters) : null;
    supervision = checkpoints == null ? null : supervision(checkpoints, run);
    steps = new StepLog(meters, events, model, run.id(), LOG_EVERY);
    loop = new Repeated("", this::step, () -> {});
  }

  /**
   * Opens a trainer of a new model on the topics of a broker, which exist.
   *
   * @param defaults whether it publishes checkpoints and evaluates, as often as by default
   */
  public static KafkaSide open(String preset, String bootstrapServers, boolean defaults) {
    Backend.keepMemory();
    return new KafkaSide(preset, bootstrapServers, defaults);
  }

  private Checkpoints checkpoints(
      TrainerClients clients, Topics topics, Run run, TrainerMetrics meters) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      ResumePoint resume = ResumePoint.read(consumer, topics, run.model());
      return Checkpoints.open(preset, owned, topics, run, resume, meters, DEFAULTS);
    }
  }

  private Supervision supervision(Checkpoints published, Run run) {
    QualityMetrics quality = new QualityMetrics(metrics.registry());
    return new Supervision(
        Evaluator.open(EVALUATION, preset, Device.cpu(), Optional.empty(), false, quality),
        new CollapseGuard(preset.objective().boundary().isPresent()),
        published,
        new QualityLog(quality, events, run.model(), run.id()));
  }

  @Override
  public String name() {
    return checkpoints == null ? "fed by Kafka" : "fed by Kafka, checkpoints and evaluations";
  }

  @Override
  public double rate(Duration window) {
    return loop.rate(window);
  }

  private int step() {
    StreamBatch next = nextBatch();
    long start = System.nanoTime();
    StepResult result = training.step(next.batch());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    progress = progress.plus(next.batch().size(), next.after());
    steps.step(progress.standing(), next.batch().size(), result, took);
    if (checkpoints != null && supervision != null) {
      supervision.afterStep(next.batch(), result, progress);
      supervision.betweenSteps(training, progress);
      checkpoints.publishDue(training, progress);
    }
    return next.batch().size();
  }

  private StreamBatch nextBatch() {
    try {
      StreamBatch next = images.next(PATIENCE);
      if (next == null) {
        throw new IllegalStateException("the images topic has no more images");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    images.close();
    if (supervision != null) {
      supervision.close();
    }
    if (checkpoints != null) {
      checkpoints.close();
    }
    events.close();
    owned.close();
    training.close();
    metrics.close();
  }
}
