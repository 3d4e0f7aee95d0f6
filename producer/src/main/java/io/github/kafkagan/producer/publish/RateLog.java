package io.github.kafkagan.producer.publish;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every ten seconds how far and how fast the stream is. */
final class RateLog {
  private static final Logger log = LoggerFactory.getLogger(RateLog.class);
  private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(10);

  private long lastNanos = System.nanoTime();
  private long lastPosition;

  RateLog(long position) {
    lastPosition = position;
  }

  /** The stream is committed up to that position. */
  void at(long position) {
    long now = System.nanoTime();
    if (now - lastNanos >= NANOS_BETWEEN_LINES) {
      log.atInfo()
          .addKeyValue("position", position)
          .addKeyValue(
              "imagesPerSecond", Math.round((position - lastPosition) * 1e9 / (now - lastNanos)))
          .log("Streaming");
      lastNanos = now;
      lastPosition = position;
    }
  }
}
