package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the process shows of its stream: meters and readiness. Written by one thread, read by any.
 */
public final class StreamStatus {
  private static final Duration LONG_TRANSACTION = Duration.ofSeconds(5);

  private sealed interface State {}

  private record Waiting(String reason) implements State {}

  private record Idle() implements State {}

  private record InTransaction(long sinceNanos) implements State {}

  private record Paused(Readiness readiness) implements State {}

  private final Counter images;
  private final Counter aborted;
  private final AtomicLong position = new AtomicLong();
  private final AtomicLong phase = new AtomicLong();
  private final AtomicReference<State> state = new AtomicReference<>(new Waiting("starting"));

  public StreamStatus(MeterRegistry registry) {
    images =
        Counter.builder(MetricNames.PRODUCER_IMAGES)
            .description("Images in committed transactions")
            .register(registry);
    aborted =
        Counter.builder(MetricNames.PRODUCER_ABORTED)
            .description("Transactions that failed and whose images were sent again")
            .register(registry);
    Gauge.builder(MetricNames.PRODUCER_POSITION, position, AtomicLong::doubleValue)
        .description("Stream position of the next image")
        .register(registry);
    Gauge.builder(MetricNames.PRODUCER_PAUSED, state, now -> now.get() instanceof Paused ? 1 : 0)
        .description("Whether the stream is held since it is too far ahead of a trainer, 0 or 1")
        .register(registry);
    Gauge.builder(MetricNames.PRODUCER_PHASE, phase, AtomicLong::doubleValue)
        .description("Phase of the schedule that the next image belongs to, from 1")
        .register(registry);
  }

  /** Ready while transactions begin and end; a broker that is away shows as one that does not. */
  public Readiness readiness() {
    State now = state.get();
    if (now instanceof Waiting waiting) {
      return Readiness.notReady(waiting.reason());
    }
    if (now instanceof Paused paused) {
      return paused.readiness();
    }
    if (now instanceof InTransaction transaction
        && System.nanoTime() - transaction.sinceNanos() > LONG_TRANSACTION.toNanos()) {
      return Readiness.notReady(
          "a transaction has not ended for over " + LONG_TRANSACTION.toSeconds() + " s");
    }
    return Readiness.ready("streaming, next position " + position.get());
  }

  /** The stream stands still for a reason. */
  public void waiting(String reason) {
    state.set(new Waiting(reason));
  }

  /** The stream is held for a trainer. */
  void paused(Readiness readiness) {
    state.set(new Paused(readiness));
  }

  /** The trainer has caught up. */
  void resumed() {
    state.set(new Idle());
  }

  void began() {
    state.set(new InTransaction(System.nanoTime()));
  }

  void committed(long count, long next) {
    images.increment((double) count);
    position.set(next);
    state.set(new Idle());
  }

  void phase(int number) {
    phase.set(number);
  }

  /** The transaction in progress, if there was one, is lost. */
  void failed(String reason) {
    if (state.getAndSet(new Waiting(reason)) instanceof InTransaction) {
      aborted.increment();
    }
  }

  /** Images in transactions that this process committed. */
  public long images() {
    return (long) images.count();
  }

  public long position() {
    return position.get();
  }
}
