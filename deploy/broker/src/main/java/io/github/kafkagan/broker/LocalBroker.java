package io.github.kafkagan.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker (KRaft, one node, 127.0.0.1 only) as a child process with its own data folder.
 *
 * <p>Started again on the same folder it has the data it had; started with the same port too, it is
 * the same broker to its clients. It does not outlive this process. Its output is appended to
 * {@code broker.log} in the data folder.
 */
public final class LocalBroker implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Process process;
  private final int port;

  private LocalBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a broker on the port it last had with this folder, else on a free one, and waits until
   * it answers.
   *
   * @param dataDir created if it does not exist
   * @throws BrokerException if it does not come up
   */
  public static LocalBroker start(Path dataDir) {
    return start(dataDir, () -> lastPortOrFree(dataDir));
  }

  /**
   * Starts a broker on {@code port} and waits until it answers.
   *
   * @param dataDir created if it does not exist
   * @throws BrokerException if it does not come up, for instance because the port is in use
   */
  public static LocalBroker start(Path dataDir, int port) {
    return start(dataDir, () -> port);
  }

  /**
   * On another port than before, Kafka's transaction coordinator goes on sending the markers of
   * transactions that a crash left half committed to the old one.
   */
  private static int lastPortOrFree(Path dataDir) {
    try {
      OptionalInt last = ServerProperties.lastPort(dataDir);
      return last.isPresent() && FreePort.isFree(last.getAsInt())
          ? last.getAsInt()
          : FreePort.find();
    } catch (IOException e) {
      throw new BrokerException("Cannot read the broker's settings in " + dataDir + ": " + e, e);
    }
  }

  /** Tries again when a port is taken between looking for a free one and listening on it. */
  private static LocalBroker start(Path dataDir, IntSupplier ports) {
    for (int attempt = 1; ; attempt++) {
      int port = ports.getAsInt();
      if (!FreePort.isFree(port)) {
        throw new BrokerException("Port " + port + " of 127.0.0.1 is in use");
      }
      try {
        if (Crash.leftTracesIn(dataDir)) {
          Crash.settle(dataDir);
        }
        BrokerLog log = BrokerLog.in(Files.createDirectories(dataDir));
        LocalBroker broker = new LocalBroker(launch(dataDir, port, log), port);
        if (Readiness.await(port, broker::isAlive)) {
          return broker;
        }
        broker.kill();
        if (attempt == ATTEMPTS || !log.saysAddressInUse()) {
          throw new BrokerException("Kafka did not start; the end of " + log.describe());
        }
      } catch (IOException e) {
        throw new BrokerException("Kafka could not be started in " + dataDir + ": " + e, e);
      }
    }
  }

  private static Process launch(Path dataDir, int port, BrokerLog log) throws IOException {
    Path properties = ServerProperties.write(dataDir, port, FreePort.find());
    return BrokerProcess.launch(
        properties, ServerProperties.logs(dataDir), Uuid.randomUuid(), log.file());
  }

  /** What clients set as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** The broker's process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops the broker as an operator would (SIGTERM), so that its data needs no recovery. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitExit(STOP_TIMEOUT)) {
      kill();
      throw new BrokerException(
          "Kafka did not stop within " + STOP_TIMEOUT.toSeconds() + " s and was killed");
    }
  }

  /** Stops the broker as a crash would (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitExit(STOP_TIMEOUT);
  }

  private boolean awaitExit(Duration timeout) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
