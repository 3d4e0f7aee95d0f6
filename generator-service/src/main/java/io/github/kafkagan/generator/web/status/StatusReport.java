package io.github.kafkagan.generator.web.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.web.feed.EventFeed;
import io.github.kafkagan.generator.web.feed.SampleSheet;
import io.github.kafkagan.generator.web.feed.TrainingRecord;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Puts together how the pipeline is. Any thread may ask. */
public final class StatusReport {
  private final String bootstrapServers;
  private final ImageProbe probe;
  private final EventFeed feed;
  private final ServedModels models;
  private final Supplier<Readiness> readiness;
  private final MeterRegistry registry;

  /**
   * A report of these.
   *
   * @param bootstrapServers where the broker should be, for people
   * @param readiness whether this service answers requests
   */
  public StatusReport(
      String bootstrapServers,
      ImageProbe probe,
      EventFeed feed,
      ServedModels models,
      Supplier<Readiness> readiness,
      MeterRegistry registry) {
    this.bootstrapServers = bootstrapServers;
    this.probe = probe;
    this.feed = feed;
    this.models = models;
    this.readiness = readiness;
    this.registry = registry;
  }

  /** How the pipeline is now, as far as it is about this model. */
  public PipelineStatus of(String model) {
    Facts facts =
        new Facts(
            System.currentTimeMillis(),
            bootstrapServers,
            probe.stream(),
            feed.events().newest(TrainingRecord.lane(model, TrainingRecord.STEP)).map(LastStep::of),
            feed.events()
                .newest(TrainingRecord.lane(model, TrainingRecord.WAITING))
                .map(TrainingRecord::timestamp)
                .orElse(0L),
            feed.sheets().newest(model).map(SampleSheet::timestamp).orElse(0L),
            models.manifest(model),
            readiness.get());
    return new PipelineStatus(
        model,
        facts.now(),
        Judgement.of(facts),
        facts.images().position().map(position -> images(position, facts.images())).orElse(null),
        facts.lastStep().map(last -> training(last, facts.lag())).orElse(null),
        facts.served().map(manifest -> served(manifest, facts.now())).orElse(null),
        counts(MetricNames.GENERATOR_SWAPS),
        counts(MetricNames.GENERATOR_REQUESTS),
        counts(MetricNames.GENERATOR_HTTP_REQUESTS),
        collapses(model));
  }

  private static PipelineStatus.Images images(long position, ImageStream stream) {
    return new PipelineStatus.Images(position, stream.imagesPerSecond(), stream.newestTimestamp());
  }

  private static PipelineStatus.Training training(LastStep last, OptionalLong lag) {
    return new PipelineStatus.Training(
        last.step(),
        last.imagesSeen(),
        last.imagesPerSecond(),
        lag.isPresent() ? lag.getAsLong() : null,
        last.timestamp());
  }

  private static PipelineStatus.Served served(Manifest manifest, long now) {
    long newest = manifest.newestImageTimestamp();
    return new PipelineStatus.Served(
        manifest.step(),
        manifest.version(),
        manifest.imagesSeen(),
        manifest.createdAt(),
        newest == 0 ? null : Math.max(0, now - newest));
  }

  private SortedMap<String, Long> counts(String name) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Counter counter : registry.find(name).counters()) {
      String outcome = counter.getId().getTag(MetricNames.OUTCOME);
      counts.merge(outcome == null ? "" : outcome, (long) counter.count(), Long::sum);
    }
    return counts;
  }

  private PipelineStatus.Collapses collapses(String model) {
    List<TrainingRecord> all =
        feed.events().lane(TrainingRecord.lane(model, TrainingRecord.COLLAPSE));
    if (all.isEmpty()) {
      return new PipelineStatus.Collapses(0, null);
    }
    JsonNode newest = Json.read(all.get(all.size() - 1).json(), JsonNode.class);
    return new PipelineStatus.Collapses(all.size(), newest.path("explanation").asText());
  }
}
