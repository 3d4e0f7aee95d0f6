package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.pipeline.checkpoint.Ownership;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of the one run that owns a model. Opening fences every earlier run; a run that was
 * fenced itself learns it at its next transaction.
 */
public final class OwnedLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OwnedLog.class);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Clients clients;
  private final String stateTopic;
  private final String model;
  private final String runId;
  private final ConsumerGroupMetadata group;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * How to reach the broker.
   *
   * @param producers makes transactional producers, all with the model's transactional id
   * @param consumers makes read_committed consumers without subscription, of the group whose
   *     offsets are committed
   */
  public record Clients(
      Supplier<Producer<byte[], byte[]>> producers,
      Supplier<Consumer<byte @Nullable [], byte @Nullable []>> consumers) {}

  private OwnedLog(Clients clients, String stateTopic, String model, String runId) {
    this.clients = clients;
    this.stateTopic = stateTopic;
    this.model = model;
    this.runId = runId;
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumers().get()) {
      group = consumer.groupMetadata();
    }
  }

  /**
   * Takes the model over from whichever run had it.
   *
   * @throws KafkaException if the broker does not let it
   */
  public static OwnedLog takeOver(Clients clients, String stateTopic, String model, String runId) {
    OwnedLog owned = new OwnedLog(clients, stateTopic, model, runId);
    owned.claim();
    return owned;
  }

  /**
   * Commits all of it or nothing.
   *
   * @param offsets of the consumer group; may be empty
   * @throws UserError with {@link ExitCode#FENCED} if another run owns the model now
   * @throws KafkaException if it could not be committed this time
   */
  public void commit(
      List<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Producer<byte[], byte[]> current = producer;
    if (current == null) {
      requireOwner();
      current = claim();
    }
    try {
      current.beginTransaction();
      records.forEach(current::send);
      if (!offsets.isEmpty()) {
        current.sendOffsetsToTransaction(offsets, group);
      }
      current.commitTransaction();
    } catch (KafkaException e) {
      abort(current);
      throw e;
    }
  }

  private Producer<byte[], byte[]> claim() {
    Producer<byte[], byte[]> fresh = clients.producers().get();
    try {
      fresh.initTransactions();
      fresh.beginTransaction();
      fresh.send(Ownership.claim(stateTopic, model, runId));
      fresh.commitTransaction();
    } catch (KafkaException e) {
      fresh.close(Duration.ZERO);
      throw e;
    }
    producer = fresh;
    return fresh;
  }

  /** Leaves the producer usable, or drops it: fenced, timed out, or in a state it cannot leave. */
  private void abort(Producer<byte[], byte[]> current) {
    try {
      current.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      log.atDebug().setCause(e).log("Producer is beyond an abort");
      producer = null;
      current.close(Duration.ZERO);
      requireOwner();
    }
  }

  /** A transaction that timed out looks like a fencing; only the claim tells them apart. */
  private void requireOwner() {
    Optional<String> owner;
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumers().get()) {
      owner = Optional.ofNullable(Ownership.owner(consumer, stateTopic, model));
    }
    if (owner.isPresent() && !owner.get().equals(runId)) {
      throw new UserError(
          ExitCode.FENCED,
          "a newer trainer (run %s) has taken over model %s; this one (run %s) ends"
              .formatted(owner.get(), model, runId));
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(GRACE);
    }
  }
}
