import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks a kafka-gan pipeline for images and writes them as PNG files; see README.md. */
class Generate {
  private static final String CORRELATION = "kafka_correlationId";
  private static final String BROKERS = setting("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");
  private static final String PREFIX = setting("GAN_TOPIC_PREFIX", "gan.");
  private static final int PATIENCE = Integer.parseInt(setting("TIMEOUT_SECONDS", "30"));

  public static void main(String[] arguments) throws Exception {
    String request = arguments.length > 0 ? arguments[0] : "{}";
    Path folder = Path.of(arguments.length > 1 ? arguments[1] : ".");

    JsonNode reply = new ObjectMapper().readTree(ask(request));
    if (reply.has("error")) {
      JsonNode error = reply.get("error");
      fail(error.get("code").asText() + ": " + error.get("message").asText());
    }
    if (reply.get("format").asText().equals("u8")) {
      fail("this example writes PNG files, not format u8");
    }
    for (int i = 0; i < reply.get("images").size(); i++) {
      Path file = folder.resolve("image-" + i + ".png");
      Files.write(file, reply.get("images").get(i).binaryValue());
      System.out.println(file + ": " + origin(reply, i));
    }
  }

  /** The reply to a request, as JSON; only committed ones count. */
  private static byte[] ask(String request) throws Exception {
    byte[] id = UUID.randomUUID().toString().getBytes(UTF_8);
    try (var consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKERS, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKERS),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      // No group: this process alone reads all partitions, from where they end now.
      List<TopicPartition> partitions =
          consumer.partitionsFor(PREFIX + "replies").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      if (partitions.isEmpty()) {
        fail("there is no topic " + PREFIX + "replies");
      }
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);

      var record = new ProducerRecord<>(PREFIX + "requests", id, request.getBytes(UTF_8));
      record.headers().add(CORRELATION, id);
      producer.send(record).get();

      long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE).toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofMillis(200))) {
          Header correlation = reply.headers().lastHeader(CORRELATION);
          if (correlation != null && Arrays.equals(correlation.value(), id)) {
            return reply.value();
          }
        }
      }
    }
    fail("no reply within " + PATIENCE + " s");
    throw new AssertionError("unreachable");
  }

  /** Where an image comes from: with the checkpoint "all" there are several, with equal shares. */
  private static String origin(JsonNode reply, int image) {
    String model = "model " + reply.get("model").asText() + ", step ";
    if (reply.has("checkpoint")) {
      return model + reply.get("checkpoint").get("step");
    }
    JsonNode checkpoints = reply.get("checkpoints");
    int share = Math.max(1, reply.get("images").size() / checkpoints.size());
    return model + checkpoints.get(image / share).get("step");
  }

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  private static void fail(String message) {
    System.err.println("error: " + message);
    System.exit(1);
  }
}
