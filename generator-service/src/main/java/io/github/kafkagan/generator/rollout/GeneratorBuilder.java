package io.github.kafkagan.generator.rollout;

import static io.github.kafkagan.generator.rollout.SwapOutcome.UNUSABLE;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.generator.rollout.BuildQueue.Build;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.time.Duration;
import java.util.Optional;

/**
 * A thread that turns checkpoints into loaded generators, beside serving: builds, makes one batch,
 * then hands over. Of checkpoints that come faster than that, only the newest of a slot is built.
 */
final class GeneratorBuilder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final GeneratorLoader loader;
  private final int warmUpImages;
  private final ServedModels models;
  private final RolloutLog log;
  private final BuildQueue queue;
  private final Thread thread = new Thread(this::run, "generator-builder");

  /**
   * A builder that is not yet running.
   *
   * @param warmUpImages images in the batch that is made before a swap
   */
  GeneratorBuilder(GeneratorLoader loader, int warmUpImages, ServedModels models, RolloutLog log) {
    this.loader = loader;
    this.warmUpImages = warmUpImages;
    this.models = models;
    this.log = log;
    this.queue = new BuildQueue(log);
  }

  void start() {
    thread.start();
  }

  /** Hands over verified checkpoints; older ones of their slots that still wait are dropped. */
  void offer(CheckpointSet... sets) {
    queue.offer(sets);
  }

  /** The topic is another one, whose versions begin anew. */
  void startAnew() {
    queue.startAnew();
  }

  /** Whether everything that was offered has been built or refused, but for the history. */
  boolean idle() {
    return queue.idle();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      for (Optional<Build> next = queue.next(); next.isPresent(); next = queue.next()) {
        if (next.get().anew()) {
          models.startAnew();
        }
        build(next.get().set());
      }
    } catch (InterruptedException e) {
      // Closed while it waited.
    }
  }

  private void build(CheckpointSet set) {
    Manifest manifest = set.manifest();
    if (Slots.isHistory(manifest.slot()) && models.isLoaded(manifest.model(), manifest.sha256())) {
      return; // It came as the newest one before.
    }
    long begin = System.nanoTime();
    try {
      ServedGenerator generator = new ServedGenerator(manifest, warm(loader.load(set)));
      if (manifest.slot().equals(Slots.BEST)) {
        models.crown(generator);
      } else {
        models.add(generator);
      }
      log.built(manifest, Duration.ofNanos(System.nanoTime() - begin));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Whatever a checkpoint does to the loader, the next one gets its chance.
      queue.failed(set);
      log.refused(manifest, UNUSABLE, reason(e));
    }
  }

  private ImageGenerator warm(ImageGenerator generator) {
    try {
      int[] labels = new int[generator.classes() == 0 ? 0 : warmUpImages];
      float[] latents = Latents.draw(0, warmUpImages, generator.latentSize());
      int made = generator.generate(latents, labels).length;
      int wanted = warmUpImages * generator.shape().size();
      if (made != wanted) {
        throw new IllegalArgumentException(
            "%d images came as %d bytes, not %d".formatted(warmUpImages, made, wanted));
      }
      return generator;
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /** Waits a moment for the build in progress, drops those that wait. */
  @Override
  public void close() {
    queue.close();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
