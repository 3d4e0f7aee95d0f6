package io.github.kafkagan.chaos;

import io.github.kafkagan.bench.client.Answer;
import io.github.kafkagan.bench.client.OpenLoop;
import io.github.kafkagan.bench.client.Requester;
import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Requests that keep coming whatever happens, and what became of each. */
final class RequestLoad implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** Longer than any fault. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Requester requester;
  private final OpenLoop loop;
  private final Thread thread = new Thread(this::run, "replies");
  private final Set<String> checkpoints = ConcurrentHashMap.newKeySet();
  private final AtomicLong newest = new AtomicLong(-1);
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  private RequestLoad(Requester requester, int perSecond) {
    this.requester = requester;
    loop = OpenLoop.start(requester, perSecond);
    thread.start();
  }

  /** Starts asking; the topics of requests and replies exist. */
  static RequestLoad start(Pipeline pipeline, int perSecond) {
    Channel channel = new Channel(pipeline.kafka().bootstrapServers(), pipeline.topics());
    return new RequestLoad(Requester.open(channel, PATIENCE), perSecond);
  }

  private void run() {
    try {
      while (!stopped) {
        requester.poll(GLANCE).forEach(this::take);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(Answer answer) {
    if (!(GenerationReply.read(answer.value()) instanceof GenerationReply.Images images)) {
      answer.requireImage();
      throw new IllegalStateException("request " + answer.number() + " got an error");
    }
    checkpoints.add(images.source().sha256());
    newest.accumulateAndGet(answer.number(), Math::max);
  }

  /** How many requests have been sent; the next one has this number. */
  long asked() {
    return requester.asked();
  }

  /** Whether a request has been answered that is not older than this one. */
  boolean answeredSince(long number) {
    check();
    return newest.get() >= number;
  }

  /** Of the generators that made the images so far. */
  Set<String> checkpoints() {
    return Set.copyOf(checkpoints);
  }

  /**
   * Does nothing while each request gets one reply, with images.
   *
   * @throws AssertionError if one got two, or an error
   */
  void check() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw new AssertionError("requests went wrong", problem);
    }
  }

  /** Asks no more, and waits until every request has its reply. */
  void finish() {
    loop.requireAsking();
    loop.close();
    Await.until(
        "each request is answered",
        () -> {
          check();
          return requester.open() == 0;
        });
  }

  @Override
  public void close() {
    loop.close();
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    requester.close();
  }
}
