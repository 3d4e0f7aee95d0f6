package io.github.kafkagan.local.samples;

import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the pipeline publishes from now on: sample sheets and replies. Only committed records
 * are read: an uncommitted reply may be taken back and sent again.
 */
public final class PipelineClient implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String samples;
  private final Set<String> missing;
  private final SampleSheets sheets;
  private final ImageRequests requests;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Exception failure;

  /** Starts reading in a thread of its own. */
  public PipelineClient(
      String bootstrapServers, Topics topics, SampleSheets sheets, ImageRequests requests) {
    this.sheets = sheets;
    this.requests = requests;
    this.samples = topics.samples().name();
    this.missing = new TreeSet<>(Set.of(samples, topics.replies().name()));
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> present = assignPresent();
    consumer.seekToEnd(present);
    present.forEach(consumer::position); // Seeking is lazy; "from now on" is from here on.
    thread = new Thread(this::run, "pipeline-client");
    thread.setDaemon(true);
    thread.start();
  }

  /** Assigns topics that have appeared, from their beginning, and returns their partitions. */
  private List<TopicPartition> assignPresent() {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics();
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : Set.copyOf(missing)) {
      for (PartitionInfo partition : topics.getOrDefault(topic, List.of())) {
        found.add(new TopicPartition(topic, partition.partition()));
        missing.remove(topic);
      }
    }
    if (!found.isEmpty()) {
      Set<TopicPartition> assignment = new HashSet<>(consumer.assignment());
      assignment.addAll(found);
      consumer.assign(assignment);
      consumer.seekToBeginning(found);
    }
    return found;
  }

  private void run() {
    try (consumer) {
      ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
      while (!closing || !records.isEmpty()) {
        if (!missing.isEmpty()) {
          assignPresent();
        }
        records = poll();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          take(record);
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A consumer without partitions refuses to poll. */
  private ConsumerRecords<byte[], byte[]> poll() throws InterruptedException {
    if (consumer.assignment().isEmpty()) {
      Thread.sleep(POLL.toMillis());
      return ConsumerRecords.empty();
    }
    return consumer.poll(POLL);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (record.topic().equals(samples)) {
      sheets.save(record);
    } else {
      requests.receive(record);
    }
  }

  /**
   * Does nothing while reading goes well.
   *
   * @throws UserError if reading, or saving what was read, has failed
   */
  public void check() {
    Exception reason = failure;
    if (reason != null) {
      throw UserError.failed("samples and replies cannot be saved: " + reason);
    }
  }

  /** Reads what is left and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
