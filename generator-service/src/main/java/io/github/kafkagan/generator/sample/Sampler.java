package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.Discriminators;
import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes images, in batches across all requests, wherever these come from. Latent
 * vectors and labels are drawn per request, so that an answer does not depend on its batch.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sampler.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final SamplerSettings settings;
  private final Waiting waiting;
  private final Discriminators discriminators;
  private final JobQueue queue;
  private final Counter images;
  private final DistributionSummary batchImages;
  private final Thread thread = new Thread(this::run, "sampler");

  private Sampler(
      SamplerSettings settings,
      ServedModels models,
      Discriminators discriminators,
      MeterRegistry registry) {
    this.settings = settings;
    this.waiting = new Waiting(models);
    this.discriminators = discriminators;
    this.queue = new JobQueue(settings);
    this.images =
        Counter.builder(MetricNames.GENERATOR_IMAGES)
            .description("Images generated")
            .register(registry);
    this.batchImages =
        DistributionSummary.builder(MetricNames.GENERATOR_BATCH_IMAGES)
            .description("Images per batch of the generator")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
  }

  /**
   * Starts the thread.
   *
   * @param models what is served, owned by the caller
   * @param discriminators what images are judged by, owned by the caller
   */
  public static Sampler start(
      SamplerSettings settings,
      ServedModels models,
      Discriminators discriminators,
      MeterRegistry registry) {
    Sampler sampler = new Sampler(settings, models, discriminators, registry);
    sampler.thread.start();
    return sampler;
  }

  /**
   * Asks for images; never throws.
   *
   * @param askedAt epoch milliseconds of the request, from which its deadline counts
   * @param client who asks
   * @return fails by a {@link RequestException} if the request cannot be served
   */
  public CompletableFuture<Sample> submit(GenerationRequest request, long askedAt, Client client) {
    Deadline deadline = Deadline.of(request, askedAt, settings.patience());
    return waiting
        .hold(request, deadline, client)
        .thenCompose(generators -> submit(request, generators, deadline, client));
  }

  private CompletableFuture<Sample> submit(
      GenerationRequest request,
      List<ServedGenerator> generators,
      Deadline deadline,
      Client client) {
    Order order;
    try {
      if (deadline.strict() && deadline.left() <= 0) {
        throw missed(request);
      }
      order = Order.of(request, generators, client);
    } catch (RequestException e) {
      generators.forEach(ServedGenerator::release);
      return CompletableFuture.failedFuture(e);
    }
    for (Job job : order.jobs()) {
      if (deadline.strict()) {
        job.failAfter(deadline.left());
      }
      if (!queue.add(job)) {
        job.fail(new CancellationException("the service is stopping"));
      }
    }
    return order.result().exceptionallyCompose(failure -> late(request, failure));
  }

  private static CompletableFuture<Sample> late(GenerationRequest request, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return CompletableFuture.failedFuture(
        cause instanceof TimeoutException ? missed(request) : failure);
  }

  private static RequestException missed(GenerationRequest request) {
    return new RequestException(
        ErrorCode.DEADLINE_MISSED,
        "the images were not there within the request's %d ms".formatted(request.deadlineMs()));
  }

  /** Whether images are still being made. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      while (!queue.isClosed()) {
        List<Job.Slice> batch = queue.next();
        if (!batch.isEmpty()) {
          make(batch);
        }
      }
    } catch (InterruptedException e) {
      log.atError().log("The sampler was interrupted");
    }
  }

  private void make(List<Job.Slice> batch) {
    try {
      ServedGenerator generator = batch.get(0).job().generator();
      int count = batch.stream().mapToInt(Job.Slice::count).sum();
      float[] latents = new float[count * generator.latentSize()];
      int[] labels = new int[generator.classes() == 0 ? 0 : count];
      int position = 0;
      for (Job.Slice slice : batch) {
        slice.job().latentsTo(slice, latents, position);
        slice.job().labelsTo(slice, labels, position);
        position += slice.count();
      }
      byte[] pixels = generator.generate(latents, labels);
      batchImages.record(count);
      images.increment(count);
      handOut(batch, pixels, logits(batch, pixels, labels));
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("A batch failed; its requests get an error");
      batch.forEach(slice -> slice.job().fail(e));
    }
  }

  /** Of the whole batch, whose images are of one generator; empty if nobody gets them. */
  private float[] logits(List<Job.Slice> batch, byte[] pixels, int[] labels) {
    List<Job> scored = batch.stream().map(Job.Slice::job).filter(Job::needsScores).toList();
    if (scored.isEmpty()) {
      return new float[0];
    }
    try {
      return discriminators.logits(scored.get(0).generator(), pixels, labels);
    } catch (RequestException e) {
      scored.forEach(job -> job.fail(e));
      return new float[0];
    }
  }

  private void handOut(List<Job.Slice> batch, byte[] pixels, float[] logits) {
    int position = 0;
    for (Job.Slice slice : batch) {
      Job job = slice.job();
      boolean stillWaits = job.left() > 0;
      if (!job.hasEnded()) {
        job.accept(slice, pixels, logits, position);
      }
      if (!stillWaits && job.left() > 0 && !queue.add(job)) {
        job.fail(new CancellationException("the service is stopping"));
      }
      position += slice.count();
    }
  }

  /** Waits a moment for the batch in progress, fails all other jobs. */
  @Override
  public void close() {
    queue.close().forEach(job -> job.fail(new CancellationException("the service is stopping")));
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
