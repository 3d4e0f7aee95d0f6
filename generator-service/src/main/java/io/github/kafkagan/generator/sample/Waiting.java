package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Gets a request its generators: at once, or when the checkpoint that it wants has come. Only so
 * many requests wait, half of what a partition may have open, and half of those per client, so that
 * those for checkpoints that never come hold up nobody else.
 */
final class Waiting {
  static final int MAX_REQUESTS = 500;
  private static final int MAX_IMAGES = 2 * GenerationRequest.MAX_COUNT;

  private final ServedModels models;
  private final Admission requests = new Admission(MAX_REQUESTS);
  private final Admission images = new Admission(MAX_IMAGES);

  Waiting(ServedModels models) {
    this.models = models;
  }

  /**
   * The generators of a request, to be released by the caller; never throws.
   *
   * @param deadline how long to wait for a checkpoint
   * @param client who waits for the images
   * @return fails by a {@link RequestException} if there are none
   */
  CompletableFuture<List<ServedGenerator>> hold(
      GenerationRequest request, Deadline deadline, Client client) {
    // Asked for first, so that what comes in between is not missed.
    CompletableFuture<Void> change = models.nextChange();
    try {
      return CompletableFuture.completedFuture(models.hold(request.model(), request.checkpoint()));
    } catch (RequestException e) {
      if (e.code() != ErrorCode.NO_CHECKPOINT_YET) {
        return CompletableFuture.failedFuture(e);
      }
    }
    if (!admitted(client.name(), request.count())) {
      return CompletableFuture.failedFuture(
          new RequestException(
              ErrorCode.NO_CHECKPOINT_YET,
              "the checkpoint is not there yet, and too many requests wait for one already"));
    }
    return after(change, request, deadline, client.gone())
        .whenComplete(
            (generators, failure) -> {
              requests.leave(client.name(), 1);
              images.leave(client.name(), request.count());
            });
  }

  private boolean admitted(String client, int count) {
    if (!requests.enter(client, 1)) {
      return false;
    }
    boolean admitted = images.enter(client, count);
    if (!admitted) {
      requests.leave(client, 1);
    }
    return admitted;
  }

  private CompletableFuture<List<ServedGenerator>> after(
      CompletableFuture<Void> change,
      GenerationRequest request,
      Deadline deadline,
      BooleanSupplier abandoned) {
    return change
        .completeOnTimeout(null, Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)
        .thenCompose(changed -> again(request, deadline, abandoned));
  }

  private CompletableFuture<List<ServedGenerator>> again(
      GenerationRequest request, Deadline deadline, BooleanSupplier abandoned) {
    CompletableFuture<Void> change = models.nextChange();
    try {
      return CompletableFuture.completedFuture(models.hold(request.model(), request.checkpoint()));
    } catch (RequestException e) {
      boolean inVain = e.code() != ErrorCode.NO_CHECKPOINT_YET || abandoned.getAsBoolean();
      return inVain || deadline.left() <= 0
          ? CompletableFuture.failedFuture(e)
          : after(change, request, deadline, abandoned);
    }
  }
}
