package io.github.kafkagan.generator.request;

import java.time.Duration;
import java.util.Arrays;

/**
 * When a stream thread commits, of all its partitions together. Readers see replies when they are
 * committed, but a commit costs about as much as a batch of images. So replies are committed at
 * once when nothing else is open, after a moment when little is, so that somebody who asks now and
 * then hardly notices that others do all the time, and by Streams' own interval when much is open.
 * The moment is longer where commits are slow: a busy machine, or one on which Java has yet to
 * compile all this, would do little else.
 *
 * <p>Thread-safe: a stream thread that ended by a failure is replaced by another.
 */
final class CommitPace {
  /** More are open only when requests come faster than a commit after each moment allows. */
  static final int LITTLE = 32;

  static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();

  /**
   * Between two early commits there always is that long. A transaction that begins before the
   * broker has written the end of the last one to all its partitions is tried again after 20 ms
   * ({@code add.partitions.to.txn.retry.backoff.ms}), and its commit waits for that.
   */
  static final long REST_NANOS = Duration.ofMillis(10).toNanos();

  /**
   * The moment is so many times what the quickest of the last commits took: one that had to wait
   * for the broker does not make a slow machine.
   */
  static final int TIMES = 3;

  static final int LAST = 4;

  private int open;
  private boolean committing;
  private long askedAt;
  private long committedAt = System.nanoTime();
  private final long[] took = new long[LAST];
  private int next;

  synchronized void opened() {
    open++;
  }

  /** So many are no longer open: answered, or gone elsewhere with their partition. */
  synchronized void closed(int count) {
    open -= count;
  }

  /**
   * Whether replies that were forwarded are to be committed now.
   *
   * @param now as {@link System#nanoTime}
   */
  synchronized boolean isDue(long now) {
    return !committing
        && open <= LITTLE
        && now - committedAt >= (open == 0 ? REST_NANOS : moment());
  }

  /** A commit has been asked for, of all partitions. No other is due until it is over. */
  synchronized void committing(long now) {
    committing = true;
    askedAt = now;
  }

  /** The commit that was asked for is over. */
  synchronized void committed(long now) {
    committing = false;
    committedAt = now;
    took[next] = now - askedAt;
    next = (next + 1) % LAST;
  }

  private long moment() {
    return Math.max(MOMENT_NANOS, TIMES * Arrays.stream(took).min().orElseThrow());
  }
}
