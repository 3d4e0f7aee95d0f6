package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.client.Answer;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Many swaps as fast as the service takes them, while it answers requests. */
final class SwapSoak {
  private static final int SAMPLES = 10;
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ServiceProcess service;
  private final Requester requester;
  private final Consumer<MemorySample> each;
  private final List<MemorySample> samples = new ArrayList<>();
  private long swapping;
  private long servedStep;
  private long failed;

  /**
   * A soak that is yet to begin.
   *
   * @param each told every sample as it is taken
   */
  SwapSoak(ServiceProcess service, Consumer<MemorySample> each) {
    this.service = service;
    this.requester = service.respondent().requester();
    this.each = each;
  }

  /** Publishes, waits until the replies are of the new checkpoint, and so on. */
  void run(Digits digits, int swaps) {
    int every = Math.max(1, swaps / SAMPLES);
    try (OpenLoop loop = OpenLoop.start(requester, Respondent.PER_SECOND)) {
      for (int swap = 1; swap <= swaps; swap++) {
        long begin = System.nanoTime();
        awaitServed(digits.publish());
        swapping += System.nanoTime() - begin;
        loop.requireAsking();
        if (swap % every == 0) {
          MemorySample sample = MemorySample.take(swap, service);
          samples.add(sample);
          each.accept(sample);
        }
      }
    }
    while (requester.open() > 0) {
      poll();
    }
  }

  private void awaitServed(long step) {
    long begin = System.nanoTime();
    while (servedStep < step) {
      poll();
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "step %d is not being served, but %d; the service's log says why"
                .formatted(step, servedStep));
      }
    }
  }

  private void poll() {
    for (Answer answer : requester.poll(GLANCE)) {
      if (answer.failed()) {
        failed++;
      } else {
        servedStep = Math.max(servedStep, answer.step());
      }
    }
  }

  List<MemorySample> samples() {
    return List.copyOf(samples);
  }

  /** From a checkpoint's publication to the first reply of it that the client reads, on average. */
  double millisPerSwap(int swaps) {
    return swapping / 1e6 / swaps;
  }

  /** Requests that got no image. */
  long failed() {
    return failed;
  }
}
