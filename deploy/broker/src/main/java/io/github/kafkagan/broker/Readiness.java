package io.github.kafkagan.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Waits until a broker answers clients. */
final class Readiness {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int REQUEST_TIMEOUT_MS = 2_000;

  private Readiness() {}

  /**
   * Returns whether the broker answered before it died and within a minute.
   *
   * @param port of 127.0.0.1
   */
  static boolean await(int port, BooleanSupplier alive) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try {
      // A client that finds nobody listening logs warnings, so it comes second.
      while (!isListening(port)) {
        if (!alive.getAsBoolean() || System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(PAUSE.toMillis());
      }
      return awaitAnswer(port, alive, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean awaitAnswer(int port, BooleanSupplier alive, long deadline)
      throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    try (Admin admin = Admin.create(settings)) {
      while (alive.getAsBoolean() && System.nanoTime() < deadline) {
        if (answers(admin)) {
          return true;
        }
        Thread.sleep(PAUSE.toMillis());
      }
      return false;
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    }
  }
}
