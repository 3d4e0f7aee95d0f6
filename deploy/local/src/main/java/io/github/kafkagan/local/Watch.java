package io.github.kafkagan.local;

import io.github.kafkagan.local.figures.Figures;
import io.github.kafkagan.local.figures.Scraper;
import io.github.kafkagan.local.figures.Speed;
import io.github.kafkagan.local.view.Status;
import io.github.kafkagan.local.view.View;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Follows a running pipeline until it should end, and stops it in order. */
final class Watch {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REQUEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Goal goal;
  private final Running running;
  private final Scraper scraper;
  private final View view;
  private final List<Status.Place> places;
  private final long start = System.nanoTime();
  private final Speed speed = new Speed(start);
  private Figures figures;
  private OptionalLong streamLength = OptionalLong.empty();
  private Duration lastRequest = Duration.ZERO;
  private Duration lastProgress = Duration.ZERO;

  Watch(Goal goal, Running running, Scraper scraper, View view, List<Status.Place> places)
      throws InterruptedException {
    this.goal = goal;
    this.running = running;
    this.scraper = scraper;
    this.view = view;
    this.places = List.copyOf(places);
    this.figures = scraper.scrape();
  }

  /**
   * Follows the pipeline.
   *
   * @return what it came to, all processes stopped
   * @throws UserError if a process ends that should not
   */
  Outcome run(StopSignal stop) throws IOException, InterruptedException {
    boolean reached = false;
    while (!reached && !stop.await(TICK)) {
      running.check();
      update();
      reached = goal.isReached(figures, elapsed()) || isDrained();
    }
    return finish(reached);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void scrape() throws InterruptedException {
    figures = scraper.scrape();
    streamLength.ifPresent(length -> figures = figures.withImagesProduced(length));
  }

  private void update() throws InterruptedException {
    if (streamLength.isEmpty() && running.isStreamComplete()) {
      streamLength = OptionalLong.of(running.streamLength());
    }
    Figures before = figures;
    scrape();
    Duration now = elapsed();
    speed.read(System.nanoTime(), figures.imagesTrained());
    if (figures.imagesTrained() != before.imagesTrained()) {
      lastProgress = now;
    }
    boolean due = now.minus(lastRequest).compareTo(REQUEST_INTERVAL) >= 0;
    if (due && figures.servedStep().isPresent() && !running.requests().isWaiting()) {
      lastRequest = now;
      running.requests().ask();
    }
    view.show(
        new Status(
            figures,
            speed.now(),
            running.requests().replies(),
            now,
            goal.progress(figures, now),
            places));
  }

  /** Whether all images are trained on: what is left does not fill a batch. */
  private boolean isDrained() {
    return goal.images().isPresent()
        && running.isStreamComplete()
        && figures.lag().isPresent()
        && figures.lag().getAsLong() < Math.max(1, figures.batch())
        && elapsed().minus(lastProgress).compareTo(IDLE) > 0;
  }

  /** Producer, trainer, generator service; each has the chance to finish what the last one left. */
  private Outcome finish(boolean reached) throws InterruptedException {
    Duration elapsed = elapsed();
    double overall = speed.overall();
    view.say(reached ? "Done; stopping everything." : "Stopping everything.");
    running.producer().close();
    scrape();
    running.trainer().close();
    if (reached) {
      requestOnceMore();
    }
    scrape();
    running.generator().close();
    running.client().close();
    // The trainer publishes once more while it stops, when nobody can ask it for figures; but every
    // checkpoint has its sheet.
    long checkpoints = Math.max(figures.checkpoints(), running.sheets().saved());
    return new Outcome(
        figures.withCheckpoints(checkpoints), elapsed, overall, running.requests().replies());
  }

  /** Shows that something is served, also where training was over sooner than the first request. */
  private void requestOnceMore() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (figures.servedStep().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
      scrape();
    }
    if (figures.servedStep().isEmpty()) {
      view.say("No generator was served within " + PATIENCE.toSeconds() + " s.");
      return;
    }
    running.requests().ask();
    if (!running.requests().awaitReply(PATIENCE)) {
      view.say("The last request was not answered within " + PATIENCE.toSeconds() + " s.");
    }
  }
}
