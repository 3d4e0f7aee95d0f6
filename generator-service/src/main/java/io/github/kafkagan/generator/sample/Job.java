package io.github.kafkagan.generator.sample;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through batches. It holds one generator, so that all its images come from
 * the same checkpoint. Used by one thread at a time.
 */
final class Job {
  private final GenerationRequest request;
  private final ServedGenerator generator;
  private final long seed;
  private final int[] labels;
  private final BooleanSupplier abandoned;
  private final CompletableFuture<Sample> result = new CompletableFuture<>();
  private float @Nullable [] latents;
  private byte @Nullable [] pixels;
  private int taken;
  private int made;
  private boolean ended;

  /**
   * A job with nothing made yet.
   *
   * @param generator held; released when the job ends
   * @param abandoned whether nobody waits for the result any more
   */
  Job(
      GenerationRequest request,
      ServedGenerator generator,
      long seed,
      int[] labels,
      BooleanSupplier abandoned) {
    this.abandoned = abandoned;
    this.request = request;
    this.generator = generator;
    this.seed = seed;
    this.labels = labels;
  }

  /** Images {@code from} to {@code from + count} of a job, as its part of a batch. */
  record Slice(Job job, int from, int count) {}

  ServedGenerator generator() {
    return generator;
  }

  CompletableFuture<Sample> result() {
    return result;
  }

  /** Images that were asked for. */
  int size() {
    return request.count();
  }

  /** Images that are in no batch yet. */
  int left() {
    return request.count() - taken;
  }

  /** Takes the next images, as many as are left and fit. */
  Slice take(int atMost) {
    Slice slice = new Slice(this, taken, Math.min(atMost, left()));
    taken += slice.count();
    return slice;
  }

  /** Writes the slice's latent vectors at {@code position} of a batch. */
  void latentsTo(Slice slice, float[] batch, int position) {
    int size = generator.latentSize();
    if (latents == null) {
      latents = Latents.draw(seed, request.count(), size);
      for (int i = 0; i < latents.length; i++) {
        latents[i] *= (float) request.truncation();
      }
    }
    System.arraycopy(latents, slice.from() * size, batch, position * size, slice.count() * size);
  }

  /** Writes the slice's labels at {@code position} of a batch; none if there are no classes. */
  void labelsTo(Slice slice, int[] batch, int position) {
    if (labels.length > 0) {
      System.arraycopy(labels, slice.from(), batch, position, slice.count());
    }
  }

  /** Takes the slice's images out of a batch; the last ones complete the result. */
  void accept(Slice slice, byte[] batch, int position) {
    int size = generator.shape().size();
    if (pixels == null) {
      pixels = new byte[request.count() * size];
    }
    System.arraycopy(batch, position * size, pixels, slice.from() * size, slice.count() * size);
    made += slice.count();
    if (made == request.count()) {
      Sample sample =
          new Sample(
              generator.manifest(),
              generator.shape(),
              seed,
              Arrays.stream(labels).boxed().toList(),
              pixels);
      end();
      result.complete(sample);
    }
  }

  /** Ends the job without images. */
  void fail(RuntimeException failure) {
    end();
    result.completeExceptionally(failure);
  }

  /** Whether nobody waits for the rest any more: the requester went away, or a part failed. */
  boolean isPointless() {
    return result.isDone() || abandoned.getAsBoolean();
  }

  private void end() {
    if (!ended) {
      ended = true;
      generator.release();
    }
  }
}
