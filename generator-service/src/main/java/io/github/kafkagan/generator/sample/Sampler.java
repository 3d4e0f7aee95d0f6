package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes images, in batches across all requests, wherever these come from. Latent
 * vectors and labels are drawn per request, so that an answer does not depend on its batch.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sampler.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Seeds of our own choice are exact in JSON readers that have doubles only. */
  private static final long SEEDS = 1L << 53;

  private final ServedModels models;
  private final JobQueue queue;
  private final Counter images;
  private final DistributionSummary batchImages;
  private final Thread thread = new Thread(this::run, "sampler");

  private Sampler(SamplerSettings settings, ServedModels models, MeterRegistry registry) {
    this.models = models;
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
   */
  public static Sampler start(
      SamplerSettings settings, ServedModels models, MeterRegistry registry) {
    Sampler sampler = new Sampler(settings, models, registry);
    sampler.thread.start();
    return sampler;
  }

  /**
   * Asks for images of the newest checkpoint.
   *
   * @param abandoned whether nobody waits for them any more; then they need not be made
   * @throws RequestException if the request cannot be served
   */
  public CompletableFuture<Sample> submit(GenerationRequest request, BooleanSupplier abandoned) {
    Long wanted = request.seed();
    long seed = wanted == null ? ThreadLocalRandom.current().nextLong(SEEDS) : wanted;
    ServedGenerator generator = models.hold(request.model());
    Job job;
    try {
      int[] labels = Labels.of(request, seed, generator.classes());
      job = new Job(request, generator, seed, labels, abandoned);
    } catch (RequestException e) {
      generator.release();
      throw e;
    }
    if (!queue.add(job)) {
      job.fail(new CancellationException("the service is stopping"));
    }
    return job.result();
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
      position = 0;
      for (Job.Slice slice : batch) {
        slice.job().accept(slice, pixels, position);
        position += slice.count();
      }
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("A batch failed; its requests get an error");
      batch.forEach(slice -> slice.job().fail(e));
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
