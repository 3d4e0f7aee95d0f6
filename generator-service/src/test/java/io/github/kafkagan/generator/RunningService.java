package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.TestPipeline.MODEL;

import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.observe.Metrics;

/** A service in this process on topics of its own, with a client that asks it. */
final class RunningService implements AutoCloseable {
  static final Preset PRESET = Preset.named("digits");

  private final TestPipeline pipeline;
  private final Serving serving;
  private final Requester requester;
  private Metrics metrics = new Metrics();
  private GeneratorService service;

  RunningService(String bootstrapServers, Serving serving) throws Exception {
    this.serving = serving;
    pipeline = new TestPipeline(bootstrapServers);
    service = pipeline.service(metrics, serving);
    requester = new Requester(pipeline, pipeline.topics().replies().name());
  }

  TestPipeline pipeline() {
    return pipeline;
  }

  GeneratorService service() {
    return service;
  }

  Requester requester() {
    return requester;
  }

  /** Another process takes its place. */
  void restart() {
    service.close();
    metrics.close();
    metrics = new Metrics();
    service = pipeline.service(metrics, serving);
  }

  /** An untrained generator of the default model. */
  static CheckpointSet checkpoint(long version) {
    return Checkpoints.of(MODEL, PRESET, version);
  }

  /** Publishes an untrained generator, and waits until it is served. */
  void publish(long version) {
    pipeline.publish(checkpoint(version));
    awaitServed(version);
  }

  void awaitServed(long version) {
    Await.until(() -> gauge(MetricNames.GENERATOR_CHECKPOINT_STEP) == version * 100);
  }

  void awaitSwaps(String outcome, int count) {
    Await.until(() -> swaps(outcome) == count);
  }

  double swaps(String outcome) {
    return metrics
        .registry()
        .get(MetricNames.GENERATOR_SWAPS)
        .tag(MetricNames.OUTCOME, outcome)
        .counter()
        .count();
  }

  /** A gauge of the default model; NaN as long as there is none. */
  double gauge(String name) {
    var gauge = metrics.registry().find(name).tag(MetricNames.MODEL, MODEL).gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  ErrorCode code(String id) {
    return requester.failure(id).error().code();
  }

  @Override
  public void close() {
    requester.close();
    service.close();
    metrics.close();
    pipeline.close();
  }
}
