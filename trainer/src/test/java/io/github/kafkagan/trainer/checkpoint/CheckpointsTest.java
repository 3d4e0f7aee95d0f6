package io.github.kafkagan.trainer.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import io.github.kafkagan.trainer.step.AdversarialTraining;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of checkpoints that the broker does not take. */
class CheckpointsTest {
  private static final Preset PRESET = Preset.named("mlp-128");
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<@Nullable String> refusedOnce = new AtomicReference<>();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        @Override
        public void commitTransaction() {
          String slot = refusedOnce.get();
          if (slot != null && holds(uncommittedRecords(), slot)) {
            refusedOnce.set(null);
            throw new TimeoutException("away");
          }
          super.commitTransaction();
        }
      };
  private final OwnedLog log =
      OwnedLog.takeOver(
          new OwnedLog.Clients(() -> producer, () -> new MockConsumer<>("none")),
          "gan.trainer-state",
          "digits",
          "run");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AdversarialTraining training = AdversarialTraining.fresh(PRESET, 1, Device.cpu());
  private final Progress progress = new Progress(5, 320, StreamPosition.beginning());

  @AfterEach
  void close() {
    training.close();
    log.close();
  }

  @Test
  void givenAStateThatTheBrokerDidNotTakeThenItIsSavedThoughNoStepFollows() {
    try (Checkpoints checkpoints = open(new Checkpoints.Intervals(SELDOM, OFTEN))) {
      producer.commitTransactionException = new TimeoutException("away");
      await(
          () -> {
            checkpoints.publishDue(training, progress);
            return failures(Slots.STATE) > 0;
          });
      producer.commitTransactionException = null;

      await(
          () -> {
            checkpoints.publishDue(training, progress);
            return manifests().stream().anyMatch(state -> state.slot().equals(Slots.STATE));
          });
    }
  }

  @Test
  void givenNoBrokerAtTheEndThenItIsNotSaidThatAllIsSaved() throws Exception {
    try (Checkpoints checkpoints = open(new Checkpoints.Intervals(SELDOM, SELDOM))) {
      producer.commitTransactionException = new TimeoutException("away");

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> checkpoints.publishLast(training, progress, Duration.ofMillis(200)))
          .withMessageContaining("step 5 could not be saved");

      producer.commitTransactionException = null;
      checkpoints.publishLast(training, progress, PATIENCE);
      assertThat(manifests())
          .extracting(Manifest::slot)
          .contains(Slots.STATE, Slots.LATEST, Slots.DISCRIMINATOR);
    }
  }

  @Test
  void givenACommitThatMayHaveHappenedThenItsVersionIsNotGivenAgain() throws Exception {
    try (Checkpoints checkpoints = open(new Checkpoints.Intervals(SELDOM, SELDOM))) {
      checkpoints.publishLast(training, progress, PATIENCE);
      long before = newest();
      producer.commitTransactionException = new TimeoutException("away");
      Progress later = new Progress(6, 384, StreamPosition.beginning());
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> checkpoints.publishLast(training, later, Duration.ofMillis(300)));
      producer.commitTransactionException = null;

      checkpoints.publishLast(training, later, PATIENCE);

      assertThat(manifests())
          .filteredOn(manifest -> manifest.step() == later.step())
          .isNotEmpty()
          .extracting(Manifest::version)
          .allMatch(version -> version > before + 1);
    }
  }

  @Test
  void givenADiscriminatorThatWasRefusedAtTheEndThenItIsTriedAgain() throws Exception {
    try (Checkpoints checkpoints = open(new Checkpoints.Intervals(SELDOM, SELDOM))) {
      refusedOnce.set(Slots.DISCRIMINATOR);

      checkpoints.publishLast(training, progress, PATIENCE);

      assertThat(failures(Slots.DISCRIMINATOR)).isEqualTo(1);
      assertThat(manifests()).extracting(Manifest::slot).contains(Slots.DISCRIMINATOR);
    }
  }

  private static boolean holds(List<ProducerRecord<byte[], byte[]>> records, String slot) {
    return records.stream()
        .anyMatch(record -> new String(record.key(), UTF_8).equals("digits/" + slot));
  }

  private Checkpoints open(Checkpoints.Intervals intervals) {
    Run run =
        new Run(
            "digits",
            "run",
            "mlp-128",
            Json.tree(PRESET),
            Json.tree(PRESET.generatorSpec()),
            1,
            new TreeMap<>());
    ResumePoint nothing =
        new ResumePoint(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new History(Map.of()),
            0,
            Map.of());
    return Checkpoints.open(
        PRESET, log, new Topics("gan."), run, nothing, new TrainerMetrics(registry), intervals);
  }

  private double failures(String slot) {
    Counter failed =
        registry
            .find(MetricNames.TRAINER_CHECKPOINTS)
            .tags(MetricNames.SLOT, slot, MetricNames.OUTCOME, "failed")
            .counter();
    return failed == null ? 0 : failed.count();
  }

  private long newest() {
    return manifests().stream().mapToLong(Manifest::version).max().orElseThrow();
  }

  /** Of the checkpoints that were committed. */
  private List<Manifest> manifests() {
    return producer.history().stream()
        .filter(record -> new String(record.key(), UTF_8).matches("digits/[a-z0-9-]+"))
        .filter(record -> !new String(record.key(), UTF_8).endsWith("/owner"))
        .map(ProducerRecord::value)
        .map(value -> Json.read(value, Manifest.class))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
