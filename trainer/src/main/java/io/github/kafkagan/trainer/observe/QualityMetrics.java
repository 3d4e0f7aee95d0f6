package io.github.kafkagan.trainer.observe;

import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.gan.quality.QualityReport;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The meters of what is thought of the generator. The training thread records. */
public final class QualityMetrics {
  private final MeterRegistry registry;
  private final MultiGauge classShares;
  private final MultiGauge modeImages;
  private final MultiGauge modeSeconds;
  private final List<MultiGauge.Row<?>> imagesPerMode = new ArrayList<>();
  private final List<MultiGauge.Row<?>> secondsPerMode = new ArrayList<>();
  private final Timer slices;
  private volatile @Nullable QualityReport last;

  public QualityMetrics(MeterRegistry registry) {
    this.registry = registry;
    classShares = gauges(MetricNames.TRAINER_CLASS_SHARE, "Share of the generated images");
    modeImages =
        gauges(
            MetricNames.TRAINER_MODE_IMAGES,
            "Images from the class's appearance in the stream until it was generated");
    modeSeconds =
        gauges(
            MetricNames.TRAINER_MODE_DELAY,
            "Seconds from the class's appearance in the stream until it was generated");
    slices =
        Timer.builder(MetricNames.TRAINER_EVALUATION_SLICE)
            .description("One slice of an evaluation, between two steps")
            .register(registry);
    for (Figure figure : Figure.values()) {
      Gauge.builder(MetricNames.TRAINER_QUALITY, this, metrics -> metrics.last(figure))
          .description("What the newest evaluation found of the generator")
          .tag(MetricNames.FIGURE, figure.key())
          .register(registry);
    }
  }

  private MultiGauge gauges(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /** NaN before the first evaluation and where a figure is left out: Prometheus shows a gap. */
  private double last(Figure figure) {
    QualityReport report = last;
    return report == null ? Double.NaN : report.figures().getOrDefault(figure.key(), Double.NaN);
  }

  /** A slice of an evaluation. */
  public void slice(Duration took) {
    slices.record(took);
  }

  /** An evaluation is complete. */
  public void evaluated(QualityReport report) {
    last = report;
    List<Double> shares = report.classShares();
    classShares.register(
        IntStream.range(0, shares.size())
            .<MultiGauge.Row<?>>mapToObj(label -> MultiGauge.Row.of(tags(label), shares.get(label)))
            .toList(),
        true);
  }

  /**
   * A class is generated for the first time.
   *
   * @param images trained on since it appeared in the stream
   * @param seconds since then
   */
  public void learnt(int label, long images, double seconds) {
    imagesPerMode.add(MultiGauge.Row.of(tags(label), images));
    secondsPerMode.add(MultiGauge.Row.of(tags(label), seconds));
    modeImages.register(imagesPerMode, true);
    modeSeconds.register(secondsPerMode, true);
  }

  /** Training has collapsed. */
  public void collapsed(String reason, String action) {
    collapses(reason, action).increment();
  }

  /** Training may collapse: there is a count of it from now on, at first 0. */
  public void mayCollapse(String reason, String action) {
    collapses(reason, action);
  }

  private Counter collapses(String reason, String action) {
    return Counter.builder(MetricNames.TRAINER_COLLAPSES)
        .description("Collapses of training")
        .tag(MetricNames.REASON, reason.toLowerCase(Locale.ROOT))
        .tag(MetricNames.ACTION, action.toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static Tags tags(int label) {
    return Tags.of(MetricNames.CLASS, Integer.toString(label));
  }
}
