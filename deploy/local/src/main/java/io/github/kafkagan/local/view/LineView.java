package io.github.kafkagan.local.view;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A plain line every few seconds, for logs and simple terminals. */
public final class LineView implements View {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintStream out;
  private @Nullable Duration last;

  public LineView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void say(String sentence) {
    out.println(sentence);
  }

  @Override
  public void show(Status status) {
    if (last == null) {
      status.places().forEach(place -> out.printf("  %-18s %s%n", place.name(), place.address()));
    } else if (status.elapsed().minus(last).compareTo(INTERVAL) < 0) {
      return;
    }
    last = status.elapsed();
    var figures = status.figures();
    String percent =
        status.progress().isPresent()
            ? "%3.0f %%  ".formatted(100 * status.progress().getAsDouble())
            : "";
    out.println(
        Text.time(status.elapsed())
            + "  "
            + percent
            + "streamed %s, trained %s (%s images/s), step %s"
                .formatted(
                    Text.count(figures.imagesProduced()),
                    Text.count(figures.imagesTrained()),
                    Text.count(Math.round(status.speed())),
                    Text.count(figures.steps()))
            + ", loss D %s G %s"
                .formatted(
                    Text.loss(figures.lossDiscriminator()), Text.loss(figures.lossGenerator()))
            + ", distance %s".formatted(Text.distance(figures.frechetDistance()))
            + ", %s checkpoints, step %s served, newest image %s ago, %s requests, %s replies"
                .formatted(
                    Text.count(figures.checkpoints()),
                    Text.count(figures.servedStep()),
                    Text.seconds(figures.staleness()),
                    Text.count(figures.requests()),
                    Text.count(status.replies())));
  }
}
