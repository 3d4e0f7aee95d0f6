package io.github.kafkagan.pipeline.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The meters of one process: one registry, with those of the JVM and the process in it. */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

  public Metrics() {
    this(Tags.empty());
  }

  /**
   * Meters of a process.
   *
   * @param common labels of every one of them
   */
  public Metrics(Tags common) {
    registry.config().commonTags(common);
    List.of(
            new ClassLoaderMetrics(),
            new JvmGcMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(this::bind);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** What {@code /metrics} shows. */
  PrometheusRegistry scraped() {
    return registry.getPrometheusRegistry();
  }

  /** Adds meters of something that lives as long as this process, such as a Kafka client. */
  public void bind(MeterBinder binder) {
    binder.bindTo(registry);
    if (binder instanceof AutoCloseable closeable) {
      closeables.push(closeable);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("a meter binder refused to close", e);
      }
    }
    registry.close();
  }
}
