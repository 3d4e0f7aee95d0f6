package io.github.kafkagan.bench.client;

import java.time.Duration;

/** Keeps so many requests in flight: each reply lets the next request go. */
public final class ClosedLoop {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private ClosedLoop() {}

  /**
   * Asks without pause, and returns when every request has its reply.
   *
   * @param inFlight requests, at least 1
   * @param leadIn not counted, so that there are as many open requests at the window's beginning as
   *     at its end
   * @return replies per second of the window
   * @throws IllegalStateException if a request gets no image, or not exactly one reply
   */
  public static double rate(Requester requester, int inFlight, Duration leadIn, Duration window) {
    for (int i = 0; i < inFlight; i++) {
      requester.ask();
    }
    run(requester, leadIn);
    long begin = System.nanoTime();
    long answered = run(requester, window);
    double seconds = (System.nanoTime() - begin) / 1e9;
    while (requester.open() > 0) {
      requester.poll(GLANCE).forEach(Answer::requireImage);
    }
    return answered / seconds;
  }

  /**
   * Returns how many replies came; it ends with a poll, all of whose replies are counted. Where
   * hundreds of replies come at a time, a short time is prolonged until the first have come.
   */
  private static long run(Requester requester, Duration time) {
    long begin = System.nanoTime();
    long answered = 0;
    while (System.nanoTime() - begin < time.toNanos() || answered == 0) {
      for (Answer answer : requester.poll(GLANCE)) {
        answer.requireImage();
        requester.ask();
        answered++;
      }
    }
    return answered;
  }
}
