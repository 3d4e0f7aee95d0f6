package io.github.kafkagan.generator.web.http;

import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;

/**
 * Bounds on clients that take their time: none of them takes a thread before all of its request is
 * there, and when there are too many, those that have said nothing for a moment make room.
 */
final class SlowClients {
  /** A few browsers have ten each; a descriptor and some kilobytes each. */
  static final int MAX_CONNECTIONS = 512;

  private static final long CROWDED_IDLE_MS = 2_000;

  private SlowClients() {}

  /**
   * Sets the bounds of a server that has not started.
   *
   * @param maxRequestBytes how much of a request is awaited; what is longer is refused then
   */
  static void bound(Server server, int maxRequestBytes) {
    NetworkConnectionLimit limit = new NetworkConnectionLimit(MAX_CONNECTIONS, server);
    limit.setEndPointIdleTimeout(CROWDED_IDLE_MS);
    server.addBean(limit);
    server.setHandler(
        new EagerContentHandler(
            new EagerContentHandler.RetainedContentLoaderFactory(maxRequestBytes, -1, false)));
  }
}
