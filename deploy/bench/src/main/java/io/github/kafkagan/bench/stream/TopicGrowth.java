package io.github.kafkagan.bench.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Watches the end of a topic, which says the same of every producer, whatever it says itself. */
final class TopicGrowth implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Admin admin;
  private final Map<TopicPartition, OffsetSpec> ends;

  TopicGrowth(String bootstrapServers, String topic, int partitions) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    ends =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  /** Records that have ever been in the topic, with the few that end transactions. */
  long records() {
    return admin
        .listOffsets(ends)
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .values()
        .stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /**
   * Records per second.
   *
   * @param check called while waiting for the first record; throws if none will come
   * @param leadIn from the first record on; not counted
   */
  double rate(Runnable check, Duration leadIn, Duration window) throws InterruptedException {
    awaitMoreThan(records(), check);
    TimeUnit.NANOSECONDS.sleep(leadIn.toNanos());
    long before = records();
    long begin = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(window.toNanos());
    long after = records();
    return (after - before) * 1e9 / (System.nanoTime() - begin);
  }

  private void awaitMoreThan(long records, Runnable check) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (records() <= records) {
      check.run();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("nothing was written to " + List.copyOf(ends.keySet()));
      }
      TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
