package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.reply.ReplyPolicy;
import io.github.kafkagan.generator.reply.ReplyRouter;
import io.github.kafkagan.generator.reply.TopicLimits;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.pipeline.contract.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology without a broker: topics of known limits, and a model "digits" whose generator has
 * ten classes and no engine.
 */
final class TestTopology implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Topics TOPICS = new Topics("gan.");
  private static final int PERMITS = 1_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Semaphore permits = new Semaphore(PERMITS);
  private final ServedModels models =
      TestManifests.serving("digits", FakeGenerator.waitingFor(permits, 10));
  private final Map<String, TopicLimits> topics =
      new ConcurrentHashMap<>(
          Map.of(
              "gan.replies", new TopicLimits(4, 10_000, false),
              "gan.replies.mine", new TopicLimits(2, 10_000, false),
              "gan.rejected", new TopicLimits(1, 10_000, false)));
  private final Sampler sampler;
  private final Answering answering;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> requests;

  /**
   * An idle topology.
   *
   * @param patience how long a request waits for a checkpoint that is not there
   */
  TestTopology(Duration patience) {
    sampler =
        Sampler.start(
            new SamplerSettings(8, Duration.ofMillis(1), patience),
            models,
            TestManifests.discriminators(),
            registry);
    ReplyRouter router =
        new ReplyRouter(
            ReplyPolicy.of(TOPICS, null),
            topic ->
                CompletableFuture.completedFuture(topics.getOrDefault(topic, TopicLimits.ABSENT)));
    answering =
        new Answering("gan.requests", "gan.rejected", router, sampler, client -> Runnable::run);
    RequestTopology topology =
        new RequestTopology("gan.requests", answering, new RequestMetrics(registry));
    driver = new TopologyTestDriver(topology.get(), new Properties(), START);
    requests =
        driver.createInputTopic(
            "gan.requests", new ByteArraySerializer(), new ByteArraySerializer());
  }

  Answering answering() {
    return answering;
  }

  SimpleMeterRegistry registry() {
    return registry;
  }

  /** What a topic takes at most from now on; it has to be one that there is. */
  void limit(String topic, long maxRecordBytes) {
    topics.computeIfPresent(
        topic, (name, limits) -> new TopicLimits(limits.partitions(), maxRecordBytes, false));
  }

  /** No more batches are made. */
  void holdGenerator() {
    permits.drainPermits();
  }

  void releaseGenerator() {
    permits.release(PERMITS);
  }

  void send(TestRecord<byte[], byte[]> request) {
    requests.pipeInput(request);
  }

  void advance(Duration time) {
    driver.advanceWallClockTime(time);
  }

  void awaitNothingPending() {
    Await.until(
        () -> {
          advance(Duration.ofMillis(5));
          return pending() == 0;
        });
  }

  TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What came out since the last look. */
  List<TestRecord<byte[], byte[]>> records(String topic) {
    return output(topic).readRecordsToList();
  }

  KeyValueStore<Long, ReceivedRequest> store() {
    return driver.getKeyValueStore(AnswerProcessor.STORE);
  }

  int pending() {
    int count = 0;
    try (KeyValueIterator<Long, ReceivedRequest> waiting = store().all()) {
      while (waiting.hasNext()) {
        count += waiting.next().key == PendingStore.MARK ? 0 : 1;
      }
    }
    return count;
  }

  static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() {
    permits.release(PERMITS);
    driver.close();
    sampler.close();
    models.close();
  }
}
