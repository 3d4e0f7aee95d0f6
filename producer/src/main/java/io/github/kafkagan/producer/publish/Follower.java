package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.producer.schedule.LagLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Holds the stream while it is too far ahead of a model's training, and shows that it does. It
 * waits for a trainer that is gone for as long as that is gone.
 *
 * <p>It cannot wait for a trainer that waits for it: all images before the one that is held are
 * committed, and a trainer that has read those says that it needs the next one, however few of them
 * it could train on.
 */
final class Follower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final long SILENCE_SECONDS = 60;

  private final Following following;
  private final TrainingFeed feed;
  private final LagLimit limit;
  private final StreamStatus status;
  private boolean heard;
  private long heardNanos;
  private boolean told;

  Follower(PublishSettings settings, Following following, StreamStatus status) {
    this.following = following;
    this.status = status;
    feed = new TrainingFeed(settings, following);
    limit = new LagLimit(following.maxLag());
  }

  /** Learns where training is now. */
  void start() {
    hear(feed.newest());
  }

  /** Whether the image at a position may go, as far as is known. */
  boolean allows(long position) {
    return limit.allows(position);
  }

  /**
   * Waits until the image at a position may go; false if stopping is asked for before.
   *
   * @param position the first that is not committed
   */
  boolean await(long position, StopSignal stop) {
    hear(feed.poll(Duration.ZERO));
    if (limit.allows(position)) {
      return true;
    }
    while (!stop.requested() && !limit.allows(position)) {
      show(position);
      hear(feed.poll(LOOK));
    }
    if (limit.allows(position)) {
      goOn(position);
    }
    return !stop.requested();
  }

  private void hear(Optional<Long> trained) {
    if (trained.isPresent()) {
      limit.trainedUpTo(trained.get());
      heard = true;
      heardNanos = System.nanoTime();
    }
  }

  private boolean silent() {
    return !heard || System.nanoTime() - heardNanos > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);
  }

  private void show(long position) {
    if (!silent()) {
      status.paused(
          Readiness.ready(
              "holding image %d while model %s is trained on those from %d on"
                  .formatted(position, following.model(), limit.trained())));
      return;
    }
    status.paused(
        Readiness.notReady(
            "waiting for the trainer of model %s, which %s; next position %d"
                .formatted(
                    following.model(),
                    heard
                        ? "has said nothing for over " + SILENCE_SECONDS + " s"
                        : "has said nothing yet",
                    position)));
    if (!told) {
      told = true;
      line(position)
          .log(
              heard
                  ? "The trainer has gone silent; the stream waits for it"
                  : "The stream waits for a trainer, which has said nothing yet");
    }
  }

  private void goOn(long position) {
    status.resumed();
    if (told) {
      told = false;
      line(position).log("The trainer is there; the stream goes on");
    }
  }

  private LoggingEventBuilder line(long position) {
    return log.atInfo()
        .addKeyValue("model", following.model())
        .addKeyValue("position", position)
        .addKeyValue("trained", limit.trained());
  }

  @Override
  public void close() {
    feed.close();
  }
}
