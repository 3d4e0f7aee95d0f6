package io.github.kafkagan.generator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A requester that goes on asking for one image at a time, fifty times a second, however quick the
 * replies are: it would ask ever more of a service that is quick.
 */
final class Load implements AutoCloseable {
  private static final long PERIOD_NANOS = Duration.ofMillis(20).toNanos();

  private final Requester requester;
  private final Map<String, Long> waiting = new HashMap<>();
  private final Thread thread = new Thread(this::run, "load");
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean stopping;
  private volatile boolean givenUp;
  private volatile long worstNanos;
  private int asked;

  private Load(TestPipeline pipeline) {
    requester = new Requester(pipeline, pipeline.topics().replies().name());
  }

  static Load start(TestPipeline pipeline) {
    Load load = new Load(pipeline);
    load.thread.start();
    return load;
  }

  private void run() {
    long begin = System.nanoTime();
    while (!givenUp && !(stopping && waiting.isEmpty())) {
      while (!stopping && asked * PERIOD_NANOS <= System.nanoTime() - begin) {
        String id = "load" + asked++;
        waiting.put(id, System.nanoTime());
        requester.ask(id, "\"format\": \"u8\"");
      }
      requester.poll();
      note();
    }
  }

  private void note() {
    for (Iterator<Map.Entry<String, Long>> left = waiting.entrySet().iterator(); left.hasNext(); ) {
      Map.Entry<String, Long> request = left.next();
      if (requester.hasAnswered(request.getKey())) {
        worstNanos = Math.max(worstNanos, System.nanoTime() - request.getValue());
        answered.incrementAndGet();
        left.remove();
      }
    }
  }

  int answered() {
    return answered.get();
  }

  /** From asking to reply, of the request that waited longest since this was asked last. */
  Duration worst() {
    long worst = worstNanos;
    worstNanos = 0;
    return Duration.ofNanos(worst);
  }

  /** Asks no more, waits for what is still to come; returns the requester that has all replies. */
  Requester stop() throws InterruptedException {
    stopping = true;
    thread.join(Duration.ofMinutes(1).toMillis());
    if (thread.isAlive()) {
      throw new AssertionError(waiting.size() + " requests without a reply");
    }
    return requester;
  }

  @Override
  public void close() {
    stopping = true;
    givenUp = true;
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    requester.close();
  }
}
