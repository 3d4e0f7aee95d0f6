package io.github.kafkagan.generator.sample;

import io.github.kafkagan.generator.rollout.ServedGenerator;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.LatentChoice;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The jobs of one request: one per checkpoint that it wants images of, all of the same latents. */
record Order(List<Job> jobs) {
  /** Seeds of our own choice are exact in JSON readers that have doubles only. */
  private static final long SEEDS = 1L << 53;

  /**
   * Makes jobs.
   *
   * @param generators held; each is released when its job ends
   * @throws RequestException if these generators cannot make what is asked for
   */
  static Order of(GenerationRequest request, List<ServedGenerator> generators, Client client) {
    ServedGenerator like = generators.get(0);
    requireNotTooMany(request, generators.size());
    LatentVectors.require(request, like.latentSize());
    long seed = seed(request.latents());
    int[] labels = Labels.of(request, seed, like.classes());
    return new Order(
        generators.stream()
            .map(generator -> new Job(request, generator, seed, labels, client))
            .toList());
  }

  private static void requireNotTooMany(GenerationRequest request, int checkpoints) {
    int most = GenerationRequest.MAX_COUNT / checkpoints;
    if (request.count() > most) {
      throw new RequestException(
          ErrorCode.COUNT_OUT_OF_RANGE,
          "count must be 1 to %d for each of %d checkpoints, was %d"
              .formatted(most, checkpoints, request.count()));
    }
  }

  private static long seed(LatentChoice latents) {
    Long wanted = null;
    if (latents instanceof LatentChoice.Between path) {
      wanted = path.from();
    } else if (latents instanceof LatentChoice.Given given) {
      wanted = given.seed();
    } else if (latents instanceof LatentChoice.Drawn drawn) {
      wanted = drawn.seed();
    }
    return wanted == null ? ThreadLocalRandom.current().nextLong(SEEDS) : wanted;
  }

  /** The images of all jobs; fails with the first that fails. */
  CompletableFuture<Sample> result() {
    return jobs.stream()
        .map(Job::result)
        .reduce((first, second) -> first.thenCombine(second, Order::both))
        .orElseThrow();
  }

  private static Sample both(Sample first, Sample second) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    pixels.writeBytes(first.pixels());
    pixels.writeBytes(second.pixels());
    return new Sample(
        joined(first.manifests(), second.manifests()),
        first.shape(),
        first.seed(),
        first.labels(),
        joined(first.scores(), second.scores()),
        pixels.toByteArray());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
