package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Answer;
import io.github.kafkagan.bench.client.ClosedLoop;
import io.github.kafkagan.bench.client.Latencies;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.process.LoggedProcess;
import java.time.Duration;
import java.util.List;

/** A process that answers requests, and the client that asks it. */
final class Respondent implements AutoCloseable {
  /** Requests that are open at any time, where throughput is measured. */
  static final int IN_FLIGHT = 256;

  /** Requests per second, where latency is measured. */
  static final int PER_SECOND = 50;

  private static final Duration GLANCE = Duration.ofMillis(100);

  private final LoggedProcess process;
  private final Channel channel;
  private final Requester requester;

  /** Takes over the process, which need not be ready. */
  Respondent(LoggedProcess process, Channel channel) {
    this.process = process;
    this.channel = channel;
    this.requester = Requester.open(channel);
  }

  String name() {
    return process.name();
  }

  Channel channel() {
    return channel;
  }

  Requester requester() {
    return requester;
  }

  /** Asks for one image, and waits for it: then the process is ready. */
  Answer first() {
    requester.ask();
    while (true) {
      process.requireAlive();
      List<Answer> answers = requester.poll(GLANCE);
      if (!answers.isEmpty()) {
        answers.get(0).requireImage();
        return answers.get(0);
      }
    }
  }

  /**
   * Keeps it busy, so that Java has compiled it: at some requests per second that would take as
   * long as it is measured.
   *
   * @param time none if zero
   */
  void warmUp(Duration time) {
    if (!time.isZero()) {
      double unused = throughput(time);
    }
  }

  /** Images per second with {@link #IN_FLIGHT} requests open. */
  double throughput(Duration window) {
    return ClosedLoop.rate(requester, IN_FLIGHT, Setting.leadIn(window), window);
  }

  /** Latencies at {@link #PER_SECOND} requests. */
  Latencies latencies(Duration window) {
    return OpenLoop.measure(requester, PER_SECOND, Setting.leadIn(window), window);
  }

  @Override
  public void close() {
    requester.close();
    process.close();
  }
}
