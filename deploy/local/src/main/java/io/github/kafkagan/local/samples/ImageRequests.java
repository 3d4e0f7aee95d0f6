package io.github.kafkagan.local.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.local.output.OutputFolder;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the generator service for images by topic, one request at a time, and saves what comes back
 * as {@code request-<n>.png}.
 */
public final class ImageRequests implements AutoCloseable {
  private static final int IMAGES = 16;
  private static final int MAX_BLOCK_MS = 5_000;

  private record Pending(long number, CompletableFuture<Void> answered) {}

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final String model;
  private final OutputFolder folder;
  private final String idPrefix = "demo-" + ProcessHandle.current().pid() + "-";
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong replies = new AtomicLong();
  private CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);
  private long asked;

  /** Asks for images of {@code model} through {@code topic}. */
  public ImageRequests(String bootstrapServers, String topic, String model, OutputFolder folder) {
    Map<String, Object> settings = new HashMap<>(IdempotentProducer.settings());
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("max.block.ms", MAX_BLOCK_MS);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.model = model;
    this.folder = folder;
  }

  /** Whether a request waits for its reply. */
  public boolean isWaiting() {
    return !pending.isEmpty();
  }

  /** Replies in the topic since the demo started, whoever asked. */
  public long replies() {
    return replies.get();
  }

  /** Sends one request, whose seed is its number. */
  public void ask() {
    asked++;
    String id = idPrefix + asked;
    CompletableFuture<Void> answered = new CompletableFuture<>();
    pending.put(id, new Pending(asked, answered));
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("id", id);
    request.put("model", model);
    request.put("count", IMAGES);
    request.put("seed", asked);
    request.put("format", "grid");
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, id.getBytes(UTF_8), Json.bytes(request)),
            (metadata, failure) -> {
              if (failure != null) {
                pending.remove(id);
                answered.completeExceptionally(failure);
              }
            });
    newest = answered;
  }

  /** Waits for the newest request's reply; returns whether it came. */
  public boolean awaitReply(Duration timeout) throws InterruptedException {
    try {
      newest.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Takes a reply: counts it, and saves the picture of one to this demo. */
  void receive(ConsumerRecord<byte @Nullable [], byte[]> reply) throws IOException {
    replies.incrementAndGet();
    byte[] key = reply.key();
    Pending request = key == null ? null : pending.remove(new String(key, UTF_8));
    if (request == null) {
      return;
    }
    JsonNode images = Json.read(reply.value(), JsonNode.class).path("images");
    if (images.has(0)) {
      byte[] png = Base64.getDecoder().decode(images.get(0).asText());
      folder.write("request-" + request.number() + ".png", png);
    }
    request.answered().complete(null);
  }

  @Override
  public void close() {
    producer.close();
  }
}
