package io.github.kafkagan.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * What has to happen between a broker's crash and its next start.
 *
 * <p>After a crash the cluster's metadata says that the broker is up and leads its partitions. A
 * broker that starts on it (Kafka 4.3.1, broker and controller in one process) takes up the
 * transactions that the crash left half committed before it listens, cannot reach itself to write
 * their markers, and, when its old session ends, records them as complete without: the partition
 * then never shows read_committed readers anything new. So the controller runs alone until it has
 * declared the old session over; the broker then starts as after a clean stop.
 */
final class Crash {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The broker's session may have been over before the crash; then nothing is said of it. */
  private static final Duration SILENCE = ServerProperties.SESSION_TIMEOUT.multipliedBy(3);

  private Crash() {}

  /** Whether the folder was used and not left by a clean stop. */
  static boolean leftTracesIn(Path dataDir) {
    Path logs = ServerProperties.logs(dataDir);
    return Files.exists(logs.resolve("meta.properties"))
        && !Files.exists(logs.resolve(".kafka_cleanshutdown"));
  }

  /** Runs the controller until the broker's old session is over. */
  static void settle(Path dataDir) throws IOException {
    BrokerLog log = BrokerLog.in(dataDir);
    Path properties = ServerProperties.writeController(dataDir, FreePort.find());
    Process controller =
        BrokerProcess.launch(
            properties, ServerProperties.logs(dataDir), Uuid.randomUuid(), log.file());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      boolean started = false;
      while (!log.saysBrokerFenced() && System.nanoTime() < deadline) {
        if (!started && log.saysStarted()) {
          started = true;
          deadline = System.nanoTime() + SILENCE.toNanos();
        }
        if (controller.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new BrokerException("Kafka did not start; the end of " + log.describe());
        }
      }
      controller.destroy();
      if (!controller.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new BrokerException("Kafka's controller did not stop; the end of " + log.describe());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("Interrupted while Kafka recovered", e);
    } finally {
      controller.destroyForcibly();
    }
  }
}
