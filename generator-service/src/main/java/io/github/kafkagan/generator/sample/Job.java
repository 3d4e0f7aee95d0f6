package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through batches. It holds one generator, so that all its images come from
 * the same checkpoint. Used by one thread at a time.
 *
 * <p>An image that does not score enough is made again of a later latent vector of the same seed,
 * with the same label, so that the answer does not depend on batches either.
 */
final class Job {
  /** How often an image is made until it scores enough. */
  static final int MAX_ATTEMPTS = 16;

  private final GenerationRequest request;
  private final ServedGenerator generator;
  private final long seed;
  private final int[] labels;
  private final Client client;
  private final CompletableFuture<Sample> result = new CompletableFuture<>();
  private final Deque<Draw> todo = new ArrayDeque<>();
  private final List<Draw> again = new ArrayList<>();
  private float @Nullable [] latents;
  private byte @Nullable [] pixels;
  private float[] scores = {};
  private int inBatches;
  private boolean ended;

  /**
   * A job with nothing made yet.
   *
   * @param generator held; released when the job ends
   * @param client who waits for the result
   */
  Job(
      GenerationRequest request,
      ServedGenerator generator,
      long seed,
      int[] labels,
      Client client) {
    this.client = client;
    this.request = request;
    this.generator = generator;
    this.seed = seed;
    this.labels = labels;
    IntStream.range(0, request.count()).forEach(image -> todo.add(new Draw(image, 0)));
  }

  /** One attempt, from 0, at one image of the request. */
  record Draw(int image, int attempt) {}

  /** Images of a job, as its part of a batch. */
  record Slice(Job job, List<Draw> draws) {
    int count() {
      return draws.size();
    }
  }

  /** Whose it is. */
  String client() {
    return client.name();
  }

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

  /** Images that are to be made and in no batch yet. */
  int left() {
    return todo.size();
  }

  /** Whether the discriminator is to judge its images. */
  boolean needsScores() {
    return request.needsScores();
  }

  /** Takes the next images, as many as are left and fit. */
  Slice take(int atMost) {
    List<Draw> draws = new ArrayList<>();
    while (draws.size() < atMost && !todo.isEmpty()) {
      draws.add(todo.removeFirst());
    }
    inBatches += draws.size();
    return new Slice(this, draws);
  }

  /** Writes the slice's latent vectors at {@code position} of a batch. */
  void latentsTo(Slice slice, float[] batch, int position) {
    int size = generator.latentSize();
    int to = position;
    for (Draw draw : slice.draws()) {
      float[] drawn = latents(draw.attempt());
      int vector = draw.attempt() * request.count() + draw.image();
      System.arraycopy(drawn, vector * size, batch, to++ * size, size);
    }
  }

  private float[] latents(int attempt) {
    int vectors = (attempt + 1) * request.count();
    if (latents == null || latents.length < vectors * generator.latentSize()) {
      latents = LatentVectors.of(request, seed, vectors, generator.latentSize());
    }
    return latents;
  }

  /** Writes the slice's labels at {@code position} of a batch; none if there are no classes. */
  void labelsTo(Slice slice, int[] batch, int position) {
    int to = position;
    for (Draw draw : slice.draws()) {
      if (labels.length > 0) {
        batch[to++] = labels[draw.image()];
      }
    }
  }

  /**
   * Takes the slice's images out of a batch; the last ones complete the result.
   *
   * @param logits the discriminator's, of the whole batch; empty unless the job needs them
   */
  void accept(Slice slice, byte[] batch, float[] logits, int position) {
    int size = generator.shape().size();
    if (pixels == null) {
      pixels = new byte[request.count() * size];
      scores = new float[request.needsScores() ? request.count() : 0];
    }
    int from = position;
    for (Draw draw : slice.draws()) {
      if (scores.length > 0) {
        scores[draw.image()] = logits[from];
      }
      if (isEnough(draw)) {
        System.arraycopy(batch, from * size, pixels, draw.image() * size, size);
      } else {
        again.add(new Draw(draw.image(), draw.attempt() + 1));
      }
      from++;
    }
    inBatches -= slice.count();
    if (inBatches == 0 && todo.isEmpty()) {
      endRound(pixels);
    }
  }

  private boolean isEnough(Draw draw) {
    Double least = request.minScore();
    // As a float, which scores are told as: what a reply says of an image is enough for that image.
    return least == null || scores[draw.image()] >= least.floatValue();
  }

  /** Every image has been made once more. */
  private void endRound(byte[] made) {
    if (again.isEmpty()) {
      end();
      result.complete(
          new Sample(
              List.of(generator.manifest()),
              generator.shape(),
              seed,
              Arrays.stream(labels).boxed().toList(),
              IntStream.range(0, scores.length).mapToObj(image -> scores[image]).toList(),
              made));
    } else if (again.get(0).attempt() == MAX_ATTEMPTS) {
      fail(
          new RequestException(
              ErrorCode.SCORE_NOT_REACHED,
              "%d of %d images reached minScore %s within %d attempts"
                  .formatted(
                      request.count() - again.size(),
                      request.count(),
                      request.minScore(),
                      MAX_ATTEMPTS)));
    } else {
      todo.addAll(again);
      again.clear();
    }
  }

  /** Whoever waits gets a {@link TimeoutException} when the time is over; the rest is not made. */
  void failAfter(long nanos) {
    var unused = result.orTimeout(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Ends the job without images. */
  void fail(RuntimeException failure) {
    end();
    result.completeExceptionally(failure);
  }

  /** Whether nobody waits for the rest any more: the requester went away, or a part failed. */
  boolean isPointless() {
    return result.isDone() || client.gone().getAsBoolean();
  }

  /** Whether all images are made, or will not be. */
  boolean hasEnded() {
    return ended;
  }

  private void end() {
    if (!ended) {
      ended = true;
      generator.release();
    }
  }
}
