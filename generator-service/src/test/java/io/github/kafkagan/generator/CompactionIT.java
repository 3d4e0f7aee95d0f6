package io.github.kafkagan.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.observe.MetricNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a service makes of a checkpoints topic that is compacted while it is read, on a broker. */
@Timeout(180)
@ExtendWith(OnOneBroker.class)
class CompactionIT {
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int STARTS = 3;

  private final LocalBroker broker;
  private final AtomicLong published = new AtomicLong();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private RunningService running;

  CompactionIT(LocalBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void startService() throws Exception {
    cleanAllTheTime();
    running = new RunningService(broker.bootstrapServers(), Serving.latest());
    TopicDefinition topic = running.pipeline().topics().checkpoints();
    alter(
        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
        Map.of(
            "segment.bytes", Integer.toString(1 << 20),
            "min.cleanable.dirty.ratio", "0.01",
            "max.compaction.lag.ms", "100",
            "delete.retention.ms", "0"));
  }

  @AfterEach
  void stopService() {
    running.close();
  }

  @Test
  void givenATopicThatIsCompactedWhileAServiceStartsThenItServesTheNewestAndNoneIsBroken()
      throws Exception {
    Thread trainer = new Thread(this::publish, "trainer");
    trainer.start();
    try {
      Await.until(() -> published.get() > 20);
      for (int start = 0; start < STARTS; start++) {
        long before = published.get();
        running.restart();

        Await.until(() -> running.gauge(MetricNames.GENERATOR_CHECKPOINT_STEP) >= before * 100);
        assertThat(running.swaps("broken") + running.swaps("stale") + running.swaps("unusable"))
            .isZero();
      }
      Await.until(this::isCompacted);
    } finally {
      stopping.set(true);
      trainer.join();
    }
    running.awaitServed(published.get());
    assertThat(running.swaps("broken")).isZero();
  }

  /** A checkpoint of several chunks after the other. */
  private void publish() {
    Preset preset = Preset.named("mlp-256");
    byte[] weights = Checkpoints.of(TestPipeline.MODEL, preset, 1).bytes();
    while (!stopping.get()) {
      CheckpointSet set =
          Checkpoints.of(TestPipeline.MODEL, preset.generatorSpec(), published.get() + 1, weights);
      running.pipeline().publish(set);
      published.incrementAndGet();
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /** Whether most of what was published is gone. */
  private boolean isCompacted() {
    TopicPartition partition =
        new TopicPartition(running.pipeline().topics().checkpoints().name(), 0);
    Map<String, Object> properties = new HashMap<>(running.pipeline().clientProperties());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long records = 0;
      while (consumer.position(partition) < end) {
        records += consumer.poll(Duration.ofMillis(100)).count();
      }
      return records < end / 2;
    }
  }

  private void cleanAllTheTime() throws Exception {
    alter(
        new ConfigResource(ConfigResource.Type.BROKER, ""), Map.of("log.cleaner.backoff.ms", "50"));
  }

  private void alter(ConfigResource resource, Map<String, String> settings) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<AlterConfigOp> changes =
          settings.entrySet().stream()
              .map(
                  setting ->
                      new AlterConfigOp(
                          new ConfigEntry(setting.getKey(), setting.getValue()),
                          AlterConfigOp.OpType.SET))
              .toList();
      admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
    }
  }
}
