package io.github.kafkagan.bench.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks so often, whatever comes back. A request's latency counts from when it was due by the
 * schedule, not from when it was sent, so that a stall is in the figures of all that it held up.
 */
public final class OpenLoop implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final Requester requester;
  private final long count;
  private final long period;
  private final long first;
  private final long begin;
  private final Thread thread = new Thread(this::run, "requests");
  private volatile boolean stopped;

  private OpenLoop(Requester requester, int perSecond, long count) {
    this.requester = requester;
    this.count = count;
    this.period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.first = requester.asked();
    this.begin = System.nanoTime();
  }

  /**
   * Starts asking from a thread of its own; replies are the caller's to poll.
   *
   * @param requester with nothing open, which nobody else asks by meanwhile
   * @param perSecond requests, at least 1
   */
  public static OpenLoop start(Requester requester, int perSecond) {
    return start(requester, perSecond, Long.MAX_VALUE);
  }

  private static OpenLoop start(Requester requester, int perSecond, long count) {
    OpenLoop loop = new OpenLoop(requester, perSecond, count);
    loop.thread.start();
    return loop;
  }

  /**
   * Asks for that long, and returns when every request has its reply.
   *
   * @param leadIn whose requests' latencies are not counted, but their failures are
   * @throws IllegalStateException if a request does not get exactly one reply
   */
  public static Latencies measure(
      Requester requester, int perSecond, Duration leadIn, Duration window) {
    long skipped = leadIn.toMillis() * perSecond / 1000;
    long count = skipped + Math.max(1, window.toMillis() * perSecond / 1000);
    List<Double> millis = new ArrayList<>();
    long failed = 0;
    try (OpenLoop loop = start(requester, perSecond, count)) {
      while (loop.thread.isAlive() || requester.open() > 0) {
        for (Answer answer : requester.poll(GLANCE)) {
          failed += answer.failed() ? 1 : 0;
          if (answer.number() - loop.first >= skipped) {
            millis.add(loop.latencyMillis(answer));
          }
        }
      }
      if (requester.asked() - loop.first != count) {
        throw new IllegalStateException("not all requests were sent; the output says why");
      }
    }
    return Latencies.of(millis, count, failed);
  }

  /** Throws if requests are no longer sent. */
  public void requireAsking() {
    if (!thread.isAlive()) {
      throw new IllegalStateException("no more requests are sent; the output says why");
    }
  }

  private double latencyMillis(Answer answer) {
    return (answer.nanoTime() - due(answer.number() - first)) / 1e6;
  }

  private long due(long position) {
    return begin + position * period;
  }

  private void run() {
    for (long position = 0; position < count && !stopped; position++) {
      long wait = due(position) - System.nanoTime();
      while (wait > 0 && !stopped) {
        LockSupport.parkNanos(wait);
        wait = due(position) - System.nanoTime();
      }
      if (!stopped) {
        requester.ask();
      }
    }
  }

  /** No more requests are sent; those that are open still get their replies. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
