package io.github.kafkagan.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Sees when struck processes work again. */
final class Watch {
  private static final String IMAGES = "gan_producer_images_total";
  private static final String POSITION = "gan_producer_position";
  private static final String STEPS = "gan_trainer_steps_total";

  /** So many are not all in one partition. */
  private static final int REQUESTS = 10;

  private final Pipeline pipeline;
  private final PublishedCheckpoints published;
  private final RequestLoad load;

  Watch(Pipeline pipeline, PublishedCheckpoints published, RequestLoad load) {
    this.pipeline = pipeline;
    this.published = published;
    this.load = load;
  }

  /** Kills a process, starts it again, and waits until it works. */
  Recovery killAndAwait(Victim who) {
    long begin = System.nanoTime();
    pipeline.kill(who);
    long asked = load.asked();
    pipeline.restart(who);
    if (who == Victim.BROKER) {
      // A process that was killed just before, too, has ended for want of a broker.
      Victim.services().forEach(this::awaitStart);
    } else {
      awaitStart(who);
    }
    Duration start = since(begin);
    if (who == Victim.BROKER) {
      awaitAllWork();
    } else {
      awaitWork(who, asked);
    }
    return new Recovery(who, since(begin), start);
  }

  private void awaitStart(Victim who) {
    until(who.label() + " answers", () -> pipeline.member(who).ops().isLive());
  }

  /**
   * Waits until what happens from now on goes through: an image is streamed, a generator that was
   * trained on such images is published, and requests to all partitions are answered.
   */
  void awaitAllWork() {
    double position = figure(Victim.PRODUCER, POSITION);
    long asked = load.asked() + REQUESTS;
    until("images are streamed", () -> figure(Victim.PRODUCER, POSITION) > position);
    until("they are trained on", () -> published.imagesSeen() > position + Round.BATCH);
    until("requests are answered", () -> load.answeredSince(asked));
  }

  private void awaitWork(Victim who, long asked) {
    until(
        who.label() + " works",
        () ->
            switch (who) {
              case PRODUCER -> figure(who, IMAGES) > 0;
              case TRAINER -> figure(who, STEPS) > 0;
              case GENERATOR -> load.answeredSince(asked);
              case BROKER -> throw new IllegalArgumentException("a broker has no figures");
            });
  }

  private double figure(Victim who, String metric) {
    return pipeline.member(who).ops().metric(metric).orElse(0);
  }

  private void until(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          pipeline.supervise();
          load.check();
          return condition.getAsBoolean();
        });
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
