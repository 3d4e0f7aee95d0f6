package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.producer.schedule.Pacer;
import io.github.kafkagan.producer.schedule.StreamPlan;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.github.kafkagan.producer.source.ImageSets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the stream into the images topic, each position exactly once, across restarts, kills and
 * absences of the broker.
 *
 * <p>A producer initialises its transactional id, which ends its predecessor, and only then reads
 * the mark: no older transaction can be committed after that.
 */
public final class ImagePublisher {
  private static final Logger log = LoggerFactory.getLogger(ImagePublisher.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration SUCCESSOR_PATIENCE = Duration.ofSeconds(3);

  private final PublishSettings settings;
  private final ImageSets images;
  private final StreamPlan plan;
  private final Pacer pacer;
  private final StreamStatus status;
  private final MeterRegistry registry;
  private final Succession succession;
  private boolean told;

  public ImagePublisher(
      PublishSettings settings,
      ImageSets images,
      StreamPlan plan,
      Pacer pacer,
      StreamStatus status,
      MeterRegistry registry) {
    this.settings = settings;
    this.images = images;
    this.plan = plan;
    this.pacer = pacer;
    this.status = status;
    this.registry = registry;
    this.succession = new Succession(settings, SUCCESSOR_PATIENCE);
  }

  /**
   * Streams to the end of the plan, or until stopping is asked for.
   *
   * @throws UserError if another producer takes over, or if trying again cannot help
   */
  public void run(StopSignal stop) throws InterruptedException {
    Optional<KafkaException> last = Optional.empty();
    while (!stop.requested()) {
      try {
        if (succession.hasSuccessor(last.filter(Failures::refused).isPresent(), stop)) {
          throw fenced();
        }
        last.ifPresent(this::tell);
        session(stop);
        return;
      } catch (KafkaException failure) {
        Throwable hopeless = Failures.hopeless(failure);
        if (hopeless != null) {
          throw UserError.failed("Kafka refuses to take images: " + hopeless.getMessage());
        }
        status.failed("waiting for the broker: " + Failures.reason(failure));
        // A refusal may come from a successor, which is then all there is to tell.
        if (!Failures.refused(failure)) {
          tell(failure);
        }
        last = Optional.of(failure);
        stop.await(PAUSE);
      }
    }
  }

  private void session(StopSignal stop) throws InterruptedException {
    try (StreamPositions positions = new StreamPositions(settings);
        ImageSession session = ImageSession.open(settings, positions, status, registry)) {
      session.initialise();
      StreamMark found =
          positions.resume(succession.run(), new StreamSchedule(images, plan, 0).fingerprint());
      if (!succession.follows(found)) {
        throw fenced();
      }
      StreamSchedule schedule = schedule(found);
      StreamMark mark =
          new StreamMark(
              found.position(),
              schedule.origin(),
              found.partitions(),
              succession.run(),
              schedule.fingerprint());
      session.claim(mark, stop);
      told = false;
      report(mark, schedule);
      try (Pace pace = Pace.of(settings, pacer, status)) {
        pace.start();
        session.stream(
            mark,
            schedule,
            new ImageRecords(settings.topic(), mark.partitions()),
            pace,
            new RateLog(mark.position()),
            new PhaseLog(schedule, status, mark.position()),
            stop);
      }
    }
  }

  /** A changed schedule begins where the old one was left, with an epoch of its own. */
  private StreamSchedule schedule(StreamMark found) {
    StreamSchedule same = new StreamSchedule(images, plan, found.origin());
    if (found.isOf(same.fingerprint())) {
      return same;
    }
    log.atInfo()
        .addKeyValue("position", found.position())
        .addKeyValue("before", found.schedule())
        .addKeyValue("now", same.fingerprint())
        .log("The stream goes on with another schedule");
    return new StreamSchedule(images, plan, found.position());
  }

  private void report(StreamMark mark, StreamSchedule schedule) {
    log.atInfo()
        .addKeyValue("topic", settings.topic())
        .addKeyValue("partitions", mark.partitions())
        .addKeyValue("position", mark.position())
        .addKeyValue("end", schedule.end() == Long.MAX_VALUE ? "none" : schedule.end())
        .addKeyValue(
            "phase", schedule.phaseAt(mark.position()).number() + "/" + schedule.phases().size())
        .addKeyValue("schedule", schedule.fingerprint())
        .log("Stream begins");
  }

  /** Once per interruption, however often it is tried to end it. */
  private void tell(KafkaException failure) {
    if (!told) {
      told = true;
      log.atWarn()
          .addKeyValue("reason", Failures.reason(failure))
          .addKeyValue("position", status.position())
          .log("Stream interrupted; it goes on from its last committed position");
    }
  }

  private UserError fenced() {
    return new UserError(
        ExitCode.FENCED,
        "another producer has taken over topic " + settings.topic() + "; this one ends");
  }
}
