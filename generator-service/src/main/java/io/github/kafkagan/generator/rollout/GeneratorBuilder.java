package io.github.kafkagan.generator.rollout;

import static io.github.kafkagan.generator.rollout.SwapOutcome.STALE;
import static io.github.kafkagan.generator.rollout.SwapOutcome.UNUSABLE;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A thread that turns checkpoints into served generators, beside serving: builds, makes one batch,
 * then swaps. Of checkpoints that come faster than that, only the newest of a model is built.
 */
final class GeneratorBuilder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A checkpoint, and the versions of the topic it came from. */
  private record Build(CheckpointSet set, Map<String, Long> versions) {}

  private final GeneratorLoader loader;
  private final int warmUpImages;
  private final ServedModels models;
  private final RolloutLog log;
  private final Map<String, CheckpointSet> waiting = new LinkedHashMap<>();
  private Map<String, Long> servedVersions = new HashMap<>();
  private final Thread thread = new Thread(this::run, "generator-builder");
  private boolean building;
  private boolean closed;

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
  }

  void start() {
    thread.start();
  }

  /** Hands over a verified checkpoint; an older one that still waits is dropped. */
  synchronized void offer(CheckpointSet set) {
    Manifest manifest = set.manifest();
    long served = servedVersions.getOrDefault(manifest.model(), -1L);
    if (manifest.version() == served) {
      return; // The topic is being read again.
    }
    if (manifest.version() < served) {
      log.refused(manifest, STALE, "version %d is being served".formatted(served));
      return;
    }
    CheckpointSet other = waiting.get(manifest.model());
    if (other == null || other.manifest().version() < manifest.version()) {
      waiting.put(manifest.model(), set);
      notifyAll();
    }
  }

  /** The topic is another one, whose versions begin anew. */
  synchronized void forgetVersions() {
    waiting.clear();
    servedVersions = new HashMap<>();
  }

  /** Whether everything that was offered has been built or refused. */
  synchronized boolean idle() {
    return waiting.isEmpty() && !building;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      for (Optional<Build> next = next(); next.isPresent(); next = next()) {
        build(next.get());
      }
    } catch (InterruptedException e) {
      // Closed while it waited.
    }
  }

  private synchronized Optional<Build> next() throws InterruptedException {
    building = false;
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      return Optional.empty();
    }
    building = true;
    Iterator<CheckpointSet> sets = waiting.values().iterator();
    CheckpointSet set = sets.next();
    sets.remove();
    return Optional.of(new Build(set, servedVersions));
  }

  private void build(Build build) {
    CheckpointSet set = build.set();
    Manifest manifest = set.manifest();
    long begin = System.nanoTime();
    try {
      models.serve(new ServedGenerator(manifest, warm(loader.load(set))));
      synchronized (this) {
        build.versions().put(manifest.model(), manifest.version());
      }
      log.served(manifest, Duration.ofNanos(System.nanoTime() - begin));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Whatever a checkpoint does to the loader, the next one gets its chance.
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
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
