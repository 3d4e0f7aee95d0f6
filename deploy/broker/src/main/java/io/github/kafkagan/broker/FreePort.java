package io.github.kafkagan.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports of this machine that nobody listens on. */
public final class FreePort {
  // Below the range from which Linux takes the ports of outgoing connections (32768 on): a client
  // that keeps reconnecting to a stopped broker may otherwise occupy its port.
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /**
   * Returns a port of 127.0.0.1 that was free a moment ago; it is not reserved.
   *
   * @throws BrokerException if none is found
   */
  public static int find() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new BrokerException("No free port found between " + LOWEST + " and " + HIGHEST);
  }

  /** Whether 127.0.0.1 could be listened on at {@code port} a moment ago. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
