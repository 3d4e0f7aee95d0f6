package io.github.kafkagan.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.broker.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Both loops on a real broker, against sides that do as a test wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopsIT {
  private static final Duration LEAD_IN = Duration.ofMillis(500);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int PER_SECOND = 50;

  private LocalBroker broker;
  private Channel channel;

  @BeforeAll
  void startBroker(@TempDir Path folder) {
    broker = LocalBroker.start(folder);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics() {
    channel = Channel.create(broker.bootstrapServers(), "t" + UUID.randomUUID());
  }

  @Test
  void givenAClosedLoopThenItCountsTheWindowOnlyAndLeavesNothingOpen() {
    try (Requester requester = Requester.open(channel);
        Responder responder = Responder.start(channel, (side, position) -> side.image())) {
      double rate = ClosedLoop.rate(requester, 16, LEAD_IN, WINDOW);

      assertThat(requester.open()).isZero();
      assertThat(responder.requests()).isEqualTo(requester.asked());
      assertThat((long) (rate * WINDOW.toSeconds())).isPositive().isLessThan(requester.asked());
      assertThat(ClosedLoop.rate(requester, 16, LEAD_IN, WINDOW)).isPositive();
      assertThat(responder.requests()).isEqualTo(requester.asked());
    }
  }

  @Test
  void givenASideWithAKnownPaceThenTheRateIsThat() {
    try (Requester requester = Requester.open(channel);
        Responder responder =
            // A quarter of a second per 16: 64 in a second, whatever the lead-in did.
            pausing(position -> position % 16 == 0, Duration.ofMillis(250))) {
      double rate = ClosedLoop.rate(requester, 16, LEAD_IN, Duration.ofSeconds(4));

      // Replies come 16 at a time, so that one such lot more or less may fall into the window.
      assertThat(rate).isBetween(45.0, 72.0);
      assertThat(responder.requests()).isEqualTo(requester.asked());
    }
  }

  @Test
  void givenRepliesThatAreSlowerThanTheWindowThenItIsProlongedUntilOneComes() {
    try (Requester requester = Requester.open(channel);
        Responder responder = pausing(position -> true, Duration.ofMillis(400))) {
      Duration moment = Duration.ofMillis(100);

      // One in 400 ms
      assertThat(ClosedLoop.rate(requester, 2, moment, moment)).isBetween(1.5, 3.5);
      assertThat(responder.requests()).isEqualTo(requester.asked());
    }
  }

  @Test
  void givenAStallThenEveryRequestThatWasDueMeanwhileCounts() {
    long stallAt = (LEAD_IN.toMillis() + 500) * PER_SECOND / 1000;
    try (Requester requester = Requester.open(channel);
        Responder responder = pausing(position -> position == stallAt, Duration.ofSeconds(1))) {
      Latencies latencies = OpenLoop.measure(requester, PER_SECOND, LEAD_IN, WINDOW);

      assertThat(latencies.requests()).isEqualTo(125);
      assertThat(latencies.failed()).isZero();
      // Half of the window's requests were due while the side stood still.
      assertThat(latencies.max()).isBetween(990.0, 1500.0);
      assertThat(latencies.p99()).isGreaterThan(900);
      assertThat(latencies.p50()).isLessThan(600);
      assertThat(responder.requests()).isEqualTo(125);
    }
  }

  @Test
  void givenErrorRepliesThenTheOpenLoopCountsThemAndTheClosedLoopEnds() {
    try (Requester requester = Requester.open(channel);
        Responder responder =
            Responder.start(
                channel,
                (side, position) -> {
                  if (position % 10 == 0) {
                    side.error();
                  } else {
                    side.image();
                  }
                })) {
      Latencies latencies = OpenLoop.measure(requester, PER_SECOND, LEAD_IN, WINDOW);

      assertThat(responder.requests()).isEqualTo(125);
      assertThat(latencies.failed()).isEqualTo(13);
      assertThatThrownBy(latencies::requireImages).hasMessage("13 of 125 requests failed");
      assertThatThrownBy(() -> ClosedLoop.rate(requester, 16, LEAD_IN, WINDOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("got no image but {\"error\": {\"code\": \"of-the-test\"}}");
    }
  }

  @Test
  void givenASecondReplyThenItIsNotCountedButRefused() {
    try (Requester requester = Requester.open(channel);
        Responder responder =
            Responder.start(
                channel,
                (side, position) -> {
                  side.image();
                  if (position == 20) {
                    side.image();
                  }
                })) {
      assertThatThrownBy(() -> ClosedLoop.rate(requester, 16, LEAD_IN, WINDOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("got a second reply");
      assertThat(responder.requests()).isGreaterThan(20);
    }
  }

  @Test
  void givenAReplyToNobodyThenItIsNotCountedButRefused() {
    try (Requester requester = Requester.open(channel);
        Responder responder = Responder.start(channel, (side, position) -> side.image())) {
      responder.send("999999".getBytes(US_ASCII), new byte[1100]);
      assertThatThrownBy(() -> ClosedLoop.rate(requester, 16, LEAD_IN, WINDOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a reply to no request");
    }
  }

  /** A side that makes images, after a pause before some of them. */
  private Responder pausing(LongPredicate before, Duration pause) {
    return Responder.start(
        channel,
        (side, position) -> {
          if (before.test(position)) {
            LockSupport.parkNanos(pause.toNanos());
          }
          side.image();
        });
  }
}
