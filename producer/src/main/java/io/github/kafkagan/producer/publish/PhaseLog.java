package io.github.kafkagan.producer.publish;

import io.github.kafkagan.producer.schedule.ScheduledPhase;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a phase of the schedule begins, and shows which one the stream is in. */
final class PhaseLog {
  private static final Logger log = LoggerFactory.getLogger(PhaseLog.class);

  private final StreamSchedule schedule;
  private final StreamStatus status;
  private int last;

  /** Nothing is said of the phase in which the stream begins. */
  PhaseLog(StreamSchedule schedule, StreamStatus status, long position) {
    this.schedule = schedule;
    this.status = status;
    last = schedule.phaseAt(position).number();
    status.phase(last);
  }

  /** The stream is committed up to that position. */
  void at(long position) {
    for (ScheduledPhase phase : schedule.phases()) {
      if (phase.number() > last && position >= phase.begin() && phase.begin() < schedule.end()) {
        last = phase.number();
        status.phase(last);
        log.atInfo()
            .addKeyValue("phase", last + "/" + schedule.phases().size())
            .addKeyValue("position", phase.begin())
            .addKeyValue("dataset", phase.dataset())
            .addKeyValue("labels", phase.labels())
            .log("Phase begins");
      }
    }
  }
}
