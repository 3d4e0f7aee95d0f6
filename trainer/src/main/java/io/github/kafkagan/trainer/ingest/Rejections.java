package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.trainer.observe.TrainerMetrics;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps records aside that cannot be trained on. Used by one thread, but for {@link #failure}. */
final class Rejections {
  private static final Logger log = LoggerFactory.getLogger(Rejections.class);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final TrainerMetrics metrics;
  private volatile @Nullable RuntimeException failure;
  private boolean before;

  /** Rejections that go to a topic; the producer stays the caller's to close. */
  Rejections(Producer<byte[], byte[]> producer, String topic, TrainerMetrics metrics) {
    this.producer = producer;
    this.topic = topic;
    this.metrics = metrics;
  }

  void reject(Arrival.Unreadable unreadable) {
    metrics.rejected();
    if (!before) {
      before = true;
      log.atWarn()
          .addKeyValue("partition", unreadable.partition())
          .addKeyValue("offset", unreadable.offset())
          .addKeyValue("reason", unreadable.objection())
          .log("Record rejected; further ones are counted only");
    }
    producer.send(
        Rejection.of(topic, unreadable.record(), unreadable.objection()),
        (sent, error) -> {
          if (error != null) {
            failure = new IllegalStateException("a rejected record could not be kept", error);
          }
        });
  }

  /**
   * Does nothing while all were kept.
   *
   * @throws IllegalStateException if one was not
   */
  void check() {
    RuntimeException lost = failure;
    if (lost != null) {
      throw lost;
    }
  }
}
