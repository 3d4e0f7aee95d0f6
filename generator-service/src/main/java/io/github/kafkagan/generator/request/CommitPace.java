package io.github.kafkagan.generator.request;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a stream thread commits, of all its partitions together. Readers see replies when they are
 * committed, but a commit costs about as much as a batch of images. So replies are committed at
 * once when nothing else is open, after a moment when little is, so that somebody who asks now and
 * then hardly notices that others do all the time, and by Streams' own interval when much is open.
 * The moment is longer where commits are slow: a busy machine, or one on which Java has yet to
 * compile all this, would do little else.
 */
final class CommitPace {
  /** More are open only when requests come faster than a commit after each moment allows. */
  static final int LITTLE = 32;

  static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();

  /** Between two early commits there are so many times what the last one took. */
  static final int TIMES = 3;

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong committedAt = new AtomicLong(System.nanoTime());
  private final AtomicLong moment = new AtomicLong(MOMENT_NANOS);

  void opened() {
    open.incrementAndGet();
  }

  /** So many are no longer open: answered, or gone elsewhere with their partition. */
  void closed(int count) {
    open.addAndGet(-count);
  }

  /**
   * Whether replies that were forwarded are to be committed now.
   *
   * @param now as {@link System#nanoTime}
   */
  boolean isDue(long now) {
    int left = open.get();
    return left == 0 || (left <= LITTLE && now - committedAt.get() >= moment.get());
  }

  /** A commit has been asked for, of all partitions. */
  void committing(long now) {
    committedAt.set(now);
  }

  /** A commit that was asked for then is over. */
  void committed(long asked, long now) {
    committedAt.set(now);
    moment.set(Math.max(MOMENT_NANOS, TIMES * (now - asked)));
  }
}
