package io.github.kafkagan.trainer;

import ai.djl.Device;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.DeterministicKernels;
import io.github.kafkagan.gan.Devices;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.pipeline.observe.OpsServer;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.Checkpoints;
import io.github.kafkagan.trainer.checkpoint.OwnedLog;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.checkpoint.ResumePoint;
import io.github.kafkagan.trainer.checkpoint.Run;
import io.github.kafkagan.trainer.client.BrokerWatch;
import io.github.kafkagan.trainer.client.TrainerClients;
import io.github.kafkagan.trainer.evaluate.QualityLog;
import io.github.kafkagan.trainer.evaluate.Recovery;
import io.github.kafkagan.trainer.evaluate.Supervision;
import io.github.kafkagan.trainer.ingest.ImageReader;
import io.github.kafkagan.trainer.ingest.ImageStream;
import io.github.kafkagan.trainer.ingest.ImagesTopic;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.observe.EventSender;
import io.github.kafkagan.trainer.observe.QualityMetrics;
import io.github.kafkagan.trainer.observe.StepLog;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a trainer together: takes the model over, restores it, trains, and leaves it saved. */
final class Trainer {
  private static final Logger log = LoggerFactory.getLogger(Trainer.class);

  private final TrainerSettings settings;
  private final TrainerClients clients;
  private final ImagesTopic topic;
  private final Metrics metrics;
  private final StopSignal stop;
  private volatile Supplier<Readiness> readiness = () -> Readiness.notReady("starting");

  Trainer(
      TrainerSettings settings,
      TrainerClients clients,
      ImagesTopic topic,
      Metrics metrics,
      StopSignal stop) {
    this.settings = settings;
    this.clients = clients;
    this.topic = topic;
    this.metrics = metrics;
    this.stop = stop;
  }

  void run(String opsHost, int opsPort) throws InterruptedException {
    try (OpsServer ops = OpsServer.start(opsHost, opsPort, metrics, () -> readiness.get())) {
      Backend.useThreads(settings.threads());
      Backend.keepMemory();
      Device device = device();
      if (settings.threads() == 1 && device.isGpu()) {
        useDeterministicKernels();
      }
      Run run = describeRun();
      log.atInfo()
          .addKeyValue("model", run.model())
          .addKeyValue("preset", run.preset())
          .addKeyValue("run", run.id())
          .addKeyValue("ops", ops.url())
          .addKeyValue("engine", Backend.describe(device))
          .log("Trainer started");

      // Fence earlier runs before reading what they left, else one might still save more.
      readiness = () -> Readiness.notReady("taking over model " + run.model());
      try (OwnedLog owned = takeOver(run)) {
        readiness = () -> Readiness.notReady("restoring model " + run.model());
        Restoration earlier = new Restoration(settings, resumePoint(run), device);
        Optional<Progress> from = start(earlier.resume());
        if (from.isEmpty()) {
          return;
        }
        TrainerMetrics meters = new TrainerMetrics(metrics.registry());
        try (EventSender events =
            new EventSender(clients.eventProducer(), settings.topics().training().name(), meters)) {
          train(run, earlier, from.get(), owned, meters, events);
        }
      }
    }
  }

  private void train(
      Run run,
      Restoration earlier,
      Progress from,
      OwnedLog owned,
      TrainerMetrics meters,
      EventSender events)
      throws InterruptedException {
    QualityMetrics quality = new QualityMetrics(metrics.registry());
    QualityLog told = new QualityLog(quality, events, run.model(), run.id());
    try (BrokerWatch broker = clients.brokerWatch();
        ImageStream images = images(from, meters);
        Checkpoints checkpoints = checkpoints(run, earlier.resume(), owned, meters);
        Supervision supervision =
            new Supervision(earlier.evaluator(quality), earlier.guard(), checkpoints, told);
        TrainingLoop loop =
            new TrainingLoop(
                images,
                earlier.training(),
                checkpoints,
                supervision,
                new Recovery(settings.evaluation().onCollapse(), this::bestState, told),
                new StepLog(meters, events, run.model(), run.id(), settings.logEvery()))) {
      readiness =
          () ->
              broker.answers()
                  ? loop.readiness()
                  : Readiness.notReady("waiting for the broker, which does not answer");
      if (!from.equals(earlier.resume().progress())) {
        checkpoints.replaced();
      }
      Progress end = loop.run(from, settings.until(), stop);
      log.atInfo()
          .addKeyValue("step", end.step())
          .addKeyValue("images", end.imagesSeen())
          .log("Trainer ended, all saved");
    }
  }

  private Checkpoints checkpoints(
      Run run, ResumePoint resume, OwnedLog owned, TrainerMetrics meters) {
    return Checkpoints.open(
        settings.preset(), owned, settings.topics(), run, resume, meters, settings.intervals());
  }

  private static void useDeterministicKernels() {
    try {
      DeterministicKernels.use();
    } catch (UnsupportedOperationException e) {
      throw UserError.usage("--threads 1 on a GPU: " + e.getMessage());
    }
  }

  private Device device() {
    try {
      return Devices.choose(settings.device());
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--device: " + e.getMessage());
    }
  }

  private Run describeRun() {
    Preset preset = settings.preset();
    SortedMap<String, String> origin = new TreeMap<>(topic.facts());
    origin.put("threads", Integer.toString(Backend.threads()));
    origin.put("pytorch", Backend.version());
    return new Run(
        settings.model(),
        UUID.randomUUID().toString(),
        settings.presetName(),
        Json.tree(preset),
        Json.tree(preset.generatorSpec()),
        settings.seed(),
        origin);
  }

  private OwnedLog takeOver(Run run) {
    try {
      return OwnedLog.takeOver(
          clients.ownedLog(), settings.topics().trainerState().name(), run.model(), run.id());
    } catch (KafkaException e) {
      throw UserError.failed(
          "cannot take over model %s: %s".formatted(run.model(), e.getMessage()));
    }
  }

  private ResumePoint resumePoint(Run run) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      ResumePoint resume = ResumePoint.read(consumer, settings.topics(), run.model());
      resume.requireSame(run);
      return resume;
    }
  }

  /** Where the run begins; empty if it was asked to replay and there is nothing. */
  private Optional<Progress> start(ResumePoint resume) {
    Progress resumed = resume.progress();
    StreamPosition position =
        topic.resume(
            resumed.position(), resume.state().map(CheckpointSet::manifest), settings.onMissing());
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      return settings
          .replay()
          .start(position, consumer, settings.topics().images().name())
          .map(resumed::at);
    }
  }

  /** The newest best state in the topic: the one to roll back to. */
  private Optional<CheckpointSet> bestState() {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
      String topic = settings.topics().trainerState().name();
      return ModelCheckpoints.read(consumer, topic, settings.model())
          .slot(Slots.BEST_STATE)
          .complete();
    }
  }

  private ImageStream images(Progress from, TrainerMetrics meters) {
    Preset preset = settings.preset();
    Consumer<byte @Nullable [], byte @Nullable []> consumer =
        clients.imagesConsumer(topic.identity().partitions());
    metrics.bind(new KafkaClientMetrics(consumer));
    return ImageStream.open(
        consumer,
        clients.rejectionProducer(),
        new ImageStream.Settings(
            settings.topics().images().name(),
            settings.topics().rejected().name(),
            new ImageReader(preset.image().size(), preset.classes()),
            preset.batchSize(),
            settings.onMissing()),
        from.position(),
        meters);
  }
}
