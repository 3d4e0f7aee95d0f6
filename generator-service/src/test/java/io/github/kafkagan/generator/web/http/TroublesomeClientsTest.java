package io.github.kafkagan.generator.web.http;

import static io.github.kafkagan.generator.web.http.OfflineServer.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.Await;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Clients that take too much, too long, or do not finish. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroublesomeClientsTest {
  private final OfflineServer offline = new OfflineServer();
  private final Http http = offline.http();

  @AfterAll
  void stop() {
    offline.close();
  }

  @Test
  void followersAreBoundedAndLeaveRoomWhenTheyGo() throws Exception {
    List<InputStream> followers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.MAX_FOLLOWERS; i++) {
        followers.add(http.open("/api/events"));
      }
      assertError(http.get("/api/events"), 503, "too-many-followers");
    } finally {
      for (InputStream follower : followers) {
        follower.close();
      }
    }
    // Who has gone is noticed at the next heartbeats.
    Await.until(() -> offline.followers() == 0);
  }

  @Test
  void clientsThatTakeTheirTimeHoldUpNobodyElse() throws Exception {
    String slowHead = "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    String slowBody =
        "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{";
    List<Socket> slow = new ArrayList<>();
    try {
      // More than there are threads, each of which says a little and then waits
      for (int i = 0; i < 300; i++) {
        slow.add(http.begin(i % 2 == 0 ? slowHead : slowBody));
      }
      assertThat(http.get("/api/models").statusCode()).isEqualTo(200);
      assertError(http.post("/api/generate", "{}"), 503, "no-checkpoint-yet");

      // More than there may be connections: those that are silent make room
      for (int i = slow.size(); i < SlowClients.MAX_CONNECTIONS + 20; i++) {
        slow.add(http.begin(i % 2 == 0 ? slowHead : slowBody));
      }
      assertThat(new Http(offline.url()).get("/api/models").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aRequestThatEndsEarlyIsItsSendersMistake() throws Exception {
    try (Socket socket =
        http.begin(
            "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{")) {
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("request-incomplete");
    }
  }

  @Test
  void headersWithoutEndAreRefused() {
    assertThat(http.get("/", "X-Long", "x".repeat(20_000)).statusCode()).isEqualTo(431);
  }
}
