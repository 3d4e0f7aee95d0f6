package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for a batch. A batch is due when it is full, when no job came for a moment, or
 * when one has waited as long as it may. Half of it is for jobs of at most half a batch, so that
 * large ones, which are made in parts and one after the other, do not hold them up. Clients take
 * turns at both halves.
 */
final class JobQueue {
  /** Longer than the gap between two requests of one poll, shorter than anybody notices. */
  private static final long QUIET_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final int batchImages;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Turns<Job> waiting = new Turns<>();
  private @Nullable ServedGenerator served;
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
      waiting.add(job.client(), job);
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
    List<Job.Slice> slices = new ArrayList<>();
    List<Job> jobs = waiting.all();
    if (!jobs.isEmpty()) {
      served = nextGenerator(jobs);
      Optional<Job> large = jobs.stream().filter(this::isLarge).filter(this::isServed).findFirst();
      int left = takeSmall(jobs, large.isPresent() ? batchImages / 2 : batchImages, slices);
      large.ifPresent(job -> takeLarge(job, left + batchImages - batchImages / 2, slices));
      slices.forEach(slice -> images -= slice.count());
      firstArrival = System.nanoTime();
    }
    return slices;
  }

  /** Another than the last one if any waits, so that models take turns. */
  private ServedGenerator nextGenerator(List<Job> jobs) {
    return jobs.stream()
        .map(Job::generator)
        .filter(generator -> generator != served)
        .findFirst()
        .orElseGet(() -> jobs.get(0).generator());
  }

  /** Takes small jobs in their order, whole, as long as they fit; returns the room that is left. */
  private int takeSmall(List<Job> jobs, int room, List<Job.Slice> slices) {
    int left = room;
    for (Job job : jobs) {
      if (isServed(job) && !isLarge(job)) {
        if (job.left() > left) {
          break;
        }
        left -= job.left();
        slices.add(job.take(job.left()));
        waiting.remove(job.client(), job);
        waiting.pass(job.client());
      }
    }
    return left;
  }

  private void takeLarge(Job job, int room, List<Job.Slice> slices) {
    slices.add(job.take(room));
    if (job.left() == 0) {
      waiting.remove(job.client(), job);
    }
    waiting.pass(job.client());
  }

  private boolean isServed(Job job) {
    return job.generator() == served;
  }

  private boolean isLarge(Job job) {
    return job.size() > Math.max(1, batchImages / 2);
  }

  private void dropPointless() {
    for (Job job : waiting.all()) {
      if (job.isPointless()) {
        images -= job.left();
        job.fail(new CancellationException());
        waiting.remove(job.client(), job);
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
      List<Job> left = waiting.all();
      waiting.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
