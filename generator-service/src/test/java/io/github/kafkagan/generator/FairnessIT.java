package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.Requester.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client notices of another that asks a hundred times as often, on a real broker. */
@Timeout(180)
@ExtendWith(OnOneBroker.class)
class FairnessIT {
  private static final int TIMES = 100;
  private static final int ASKED = Integer.getInteger("fairness.requests", 25);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  /** Below that, a difference is the scheduler's of the machine. */
  private static final Duration NOTICED = Duration.ofMillis(25);

  private final LocalBroker broker;
  private RunningService running;

  FairnessIT(LocalBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void startService() throws Exception {
    running = new RunningService(broker.bootstrapServers(), Serving.latest());
    running.publish(1);
  }

  @AfterEach
  void stopService() {
    running.close();
  }

  @Test
  void givenAClientThatAsksAHundredTimesAsOftenThenAnothersLatencyIsWithinThreeTimesItsQuietOne()
      throws Exception {
    String busy = running.pipeline().topics().replies().name() + "-busy";
    running.pipeline().create(busy, 4, Map.of());
    latencies("warm", 10);

    Duration quiet = p99(latencies("quiet", ASKED));
    Duration flooded;
    try (Flood flood = new Flood(busy)) {
      latencies("rising", 5);
      flooded = p99(latencies("flooded", ASKED));
      assertThat(flood.sent()).isGreaterThan(ASKED * (long) TIMES / 2);
    }

    assertThat(flooded)
        .as("p99 while another asks 100 times as often; alone it is %s", quiet)
        .isLessThanOrEqualTo(max(quiet, NOTICED).multipliedBy(3));
  }

  /** Asks for images now and then; how long each request took, from asking to reply. */
  private List<Duration> latencies(String name, int count) {
    List<Duration> latencies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      running.requester().ask(name + i, "\"count\": 8", header("ce_source", "calm"));
      running.requester().reply(name + i);
      long took = System.nanoTime() - begin;
      latencies.add(Duration.ofNanos(took));
      LockSupport.parkNanos(BETWEEN.toNanos() - took);
    }
    return latencies;
  }

  private static Duration p99(List<Duration> latencies) {
    return latencies.stream().sorted().toList().get((int) Math.ceil(latencies.size() * 0.99) - 1);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Requests of the same size, a hundred times as many, whose replies nobody here reads. */
  private final class Flood implements AutoCloseable {
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Header> headers;
    private final Thread thread = new Thread(this::run, "flood");
    private final AtomicLong sent = new AtomicLong();

    Flood(String replyTopic) {
      headers = List.of(header("kafka_replyTopic", replyTopic));
      thread.start();
    }

    long sent() {
      return sent.get();
    }

    private void run() {
      Map<String, Object> properties = new HashMap<>(running.pipeline().clientProperties());
      properties.putAll(IdempotentProducer.settings());
      String topic = running.pipeline().topics().requests().name();
      long nanosBetween = BETWEEN.toNanos() / TIMES;
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
        long begin = System.nanoTime();
        while (!stopping.await(1, TimeUnit.MILLISECONDS)) {
          long due = (System.nanoTime() - begin) / nanosBetween;
          while (sent.get() < due) {
            byte[] key = Long.toString(sent.getAndIncrement()).getBytes(UTF_8);
            byte[] value = "{\"count\": 8}".getBytes(UTF_8);
            var unused = producer.send(new ProducerRecord<>(topic, null, key, value, headers));
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      stopping.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
