package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.producer.schedule.Pacer;
import java.time.Duration;
import java.util.Optional;

/** When the next image may go: at the stream's rate, and not too far ahead of a trainer. */
final class Pace implements AutoCloseable {
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final Pacer pacer;
  private final Optional<Follower> follower;

  Pace(Pacer pacer, Optional<Follower> follower) {
    this.pacer = pacer;
    this.follower = follower;
  }

  static Pace of(PublishSettings settings, Pacer pacer, StreamStatus status) {
    return new Pace(pacer, settings.following().map(whom -> new Follower(settings, whom, status)));
  }

  /** To be called before the first image. */
  void start() {
    follower.ifPresent(Follower::start);
  }

  /** Waits, between two transactions, for as long as it takes; false if stopping is asked for. */
  boolean awaitFirst(long position, StopSignal stop) throws InterruptedException {
    return (follower.isEmpty() || follower.get().await(position, stop))
        && awaitDue(Long.MAX_VALUE, stop);
  }

  /**
   * Waits within a transaction. Returns false if that is to end: at the deadline, when stopping is
   * asked for, and before an image that would have to wait for a trainer, who may in turn need
   * those that the transaction holds.
   */
  boolean awaitNext(long position, long deadlineNanos, StopSignal stop)
      throws InterruptedException {
    return (follower.isEmpty() || follower.get().allows(position)) && awaitDue(deadlineNanos, stop);
  }

  /** An image went. */
  void sent() {
    pacer.sent();
  }

  private boolean awaitDue(long deadlineNanos, StopSignal stop) throws InterruptedException {
    while (!stop.requested()) {
      long now = System.nanoTime();
      if (now >= deadlineNanos) {
        return false;
      }
      long wait = pacer.nanosUntilDue();
      if (wait <= 0) {
        return true;
      }
      Duration pause = Duration.ofNanos(Math.min(wait, deadlineNanos - now));
      stop.await(pause.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : pause);
    }
    return false;
  }

  @Override
  public void close() {
    follower.ifPresent(Follower::close);
  }
}
