package io.github.kafkagan.trainer.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.TrainingEvent;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;

/** Sends training events, or drops and counts them: an event never holds up a step. */
public final class EventSender implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final TrainerMetrics metrics;

  /**
   * A sender.
   *
   * @param producer with {@code max.block.ms=0}; closed with the sender
   */
  public EventSender(Producer<byte[], byte[]> producer, String topic, TrainerMetrics metrics) {
    this.producer = producer;
    this.topic = topic;
    this.metrics = metrics;
    askForTopic();
  }

  /** Events find out nothing about the topic: without this, those of the first moment were lost. */
  private void askForTopic() {
    try {
      producer.partitionsFor(topic);
    } catch (TimeoutException e) {
      // It is asked for now; the answer comes while the model is restored.
    }
  }

  public void send(TrainingEvent event) {
    producer.send(
        new ProducerRecord<>(topic, event.model().getBytes(UTF_8), Json.bytes(event)),
        (sent, failure) -> {
          if (failure != null) {
            metrics.eventDropped();
          }
        });
  }

  @Override
  public void close() {
    producer.close(GRACE);
  }
}
