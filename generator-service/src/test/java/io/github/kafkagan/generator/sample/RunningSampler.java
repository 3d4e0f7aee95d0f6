package io.github.kafkagan.generator.sample;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.contract.RequestException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/** A sampler of a fake generator that makes a batch for each permit. */
final class RunningSampler implements AutoCloseable {
  static final int BATCH = 8;
  static final Client CLIENT = new Client("somebody", () -> false);
  private static final SamplerSettings SETTINGS =
      new SamplerSettings(BATCH, Duration.ofMillis(25), Duration.ofSeconds(20));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Semaphore permits = new Semaphore(0);
  private final FakeGenerator generator = FakeGenerator.waitingFor(permits, 10);
  private final ServedModels models = TestManifests.serving("digits", generator);
  private final Sampler sampler =
      Sampler.start(SETTINGS, models, TestManifests.discriminators(), registry);

  SimpleMeterRegistry registry() {
    return registry;
  }

  Semaphore permits() {
    return permits;
  }

  FakeGenerator generator() {
    return generator;
  }

  ServedModels models() {
    return models;
  }

  Sampler sampler() {
    return sampler;
  }

  CompletableFuture<Sample> submit(int count, long seed) {
    return submit("{\"count\": %d, \"seed\": %d}".formatted(count, seed));
  }

  CompletableFuture<Sample> submit(String json) {
    return sampler.submit(Requests.of(json), System.currentTimeMillis(), CLIENT);
  }

  CompletableFuture<Sample> submit(String client, int count) {
    return sampler.submit(
        Requests.of("{\"count\": %d}".formatted(count)),
        System.currentTimeMillis(),
        new Client(client, () -> false));
  }

  /** Why there are no images. */
  static RequestException refusal(CompletableFuture<Sample> sample) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, sample::join);
    return (RequestException) requireNonNull(failure.getCause());
  }

  @Override
  public void close() {
    permits.release(1000);
    sampler.close();
    models.close();
    assertThat(generator.isClosed()).isTrue();
  }
}
