package io.github.kafkagan.generator;

import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: another takes its place, unless that would not help or
 * has not helped several times.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int MAX_REPLACED = 10;
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Counter replaced;
  private final Deque<Long> times = new ArrayDeque<>();
  private volatile @Nullable Fatal fatal;

  /** Why the process has to end. */
  record Fatal(ExitCode exitCode, String reason) {}

  ThreadFailures(MeterRegistry registry) {
    replaced =
        Counter.builder(MetricNames.GENERATOR_THREADS_REPLACED)
            .description("Stream threads that died and were replaced")
            .register(registry);
  }

  /** The failure that ends the process; empty as long as there was none. */
  Optional<Fatal> fatal() {
    return Optional.ofNullable(fatal);
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    Fatal end = judge(failure);
    if (end != null) {
      fatal = end;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replaced.increment();
    log.atError().setCause(failure).log("A stream thread died and is replaced");
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private @Nullable Fatal judge(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException) {
        return new Fatal(
            ExitCode.FENCED, "another process has taken over this one's --instance-id");
      }
      if (cause instanceof AuthenticationException
          || cause instanceof AuthorizationException
          || cause instanceof Error) {
        return new Fatal(ExitCode.FAILED, cause.toString());
      }
    }
    long now = System.nanoTime();
    times.add(now);
    while (now - times.getFirst() > WITHIN.toNanos()) {
      times.removeFirst();
    }
    return times.size() > MAX_REPLACED
        ? new Fatal(
            ExitCode.FAILED,
            "%d stream threads died within %d s, the last of %s"
                .formatted(times.size(), WITHIN.toSeconds(), failure))
        : null;
  }
}
