package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Jobs that wait for a batch. A batch is due when it is full, when no job came for a moment, or
 * when one has waited as long as it may. Jobs that do not fit go on at the queue's end, so that a
 * large one does not hold up small ones.
 */
final class JobQueue {
  /** Longer than the gap between two requests of one poll, shorter than anybody notices. */
  private static final long QUIET_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final int batchImages;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private long images;
  private long firstArrival;
  private long lastArrival;
  private boolean closed;

  JobQueue(SamplerSettings settings) {
    this.batchImages = settings.batchImages();
    this.lingerNanos = settings.linger().toNanos();
  }

  /** Adds a job; false if the queue is closed. */
  boolean add(Job job) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      lastArrival = System.nanoTime();
      if (waiting.isEmpty()) {
        firstArrival = lastArrival;
      }
      waiting.add(job);
      images += job.left();
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a batch is due; its slices are all of one generator. There are none if the jobs
   * were abandoned, or the queue is closed.
   */
  List<Job.Slice> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && waiting.isEmpty()) {
        changed.await();
      }
      while (!closed && images < batchImages) {
        long now = System.nanoTime();
        long wait = Math.min(lastArrival + QUIET_NANOS - now, firstArrival + lingerNanos - now);
        if (wait <= 0) {
          break;
        }
        changed.awaitNanos(wait);
      }
      return closed ? List.of() : batch();
    } finally {
      lock.unlock();
    }
  }

  private List<Job.Slice> batch() {
    dropPointless();
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Job.Slice> slices = new ArrayList<>();
    List<Job> unfinished = new ArrayList<>();
    ServedGenerator generator = waiting.getFirst().generator();
    int room = batchImages;
    for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext() && room > 0; ) {
      Job job = jobs.next();
      if (job.generator() != generator) {
        continue;
      }
      Job.Slice slice = job.take(room);
      room -= slice.count();
      slices.add(slice);
      jobs.remove();
      if (job.left() > 0) {
        unfinished.add(job);
      }
    }
    waiting.addAll(unfinished);
    images -= batchImages - room;
    firstArrival = System.nanoTime();
    return slices;
  }

  private void dropPointless() {
    for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      if (job.isPointless()) {
        images -= job.left();
        job.fail(new CancellationException());
        jobs.remove();
      }
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the queue; returns the jobs that still wait. */
  List<Job> close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      List<Job> left = List.copyOf(waiting);
      waiting.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
