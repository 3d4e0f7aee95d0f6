package io.github.kafkagan.local.view;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A few lines redrawn in place, for terminals that know ANSI's cursor movements. */
public final class LiveView implements View {
  private static final String UP = "\r\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String BOLD = "\u001b[1m%s\u001b[0m";
  private static final int BAR_WIDTH = 40;
  private static final int LABEL_WIDTH = 17;

  private final PrintStream out;
  private final int columns;
  private final boolean blocks;
  private List<String> drawn = List.of();

  /**
   * Draws to {@code out}.
   *
   * @param columns the terminal's width; longer lines are cut, since one that wraps cannot be
   *     redrawn in place
   * @param blocks whether the terminal shows block characters
   */
  public LiveView(PrintStream out, int columns, boolean blocks) {
    this.out = out;
    this.columns = columns;
    this.blocks = blocks;
  }

  /** Sentences scroll away above the figures, which stay. */
  @Override
  public void say(String sentence) {
    out.print(home() + CLEAR_BELOW);
    out.println(sentence);
    draw(drawn);
  }

  @Override
  public void show(Status status) {
    out.print(home());
    draw(lines(status));
  }

  private String home() {
    return drawn.isEmpty() ? "" : UP.formatted(drawn.size());
  }

  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append(CLEAR_LINE).append(System.lineSeparator());
    }
    out.print(text.append(CLEAR_BELOW));
    out.flush();
    drawn = lines;
  }

  private List<String> lines(Status status) {
    var figures = status.figures();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(line("time", Text.time(status.elapsed()) + "   Ctrl-C stops everything"));
    if (status.progress().isPresent()) {
      lines.add(line("progress", bar(status.progress().getAsDouble())));
    } else if (figures.imagesTrained() > 0) {
      double all = figures.imagesTrained() + figures.lag().orElse(0);
      lines.add(line("caught up", bar(figures.imagesTrained() / all) + " of the stream"));
    }
    lines.add(
        line(
            "images",
            "%s streamed, %s trained, %s images/s, step %s"
                .formatted(
                    Text.count(figures.imagesProduced()),
                    Text.count(figures.imagesTrained()),
                    Text.count(Math.round(status.speed())),
                    Text.count(figures.steps()))));
    lines.add(
        line(
            "loss",
            "discriminator %s, generator %s"
                .formatted(
                    Text.loss(figures.lossDiscriminator()), Text.loss(figures.lossGenerator()))));
    lines.add(
        line(
            "quality",
            "Fréchet distance %s, %s classes, from the newest evaluation"
                .formatted(
                    Text.distance(figures.frechetDistance()), Text.count(figures.classes()))));
    lines.add(
        line(
            "model",
            "%s checkpoints published, step %s served after %s swaps, newest image %s ago"
                .formatted(
                    Text.count(figures.checkpoints()),
                    Text.count(figures.servedStep()),
                    Text.count(figures.swaps()),
                    Text.seconds(figures.staleness()))));
    lines.add(
        line(
            "requests",
            "%s answered, %s replies in the topic"
                .formatted(Text.count(figures.requests()), Text.count(status.replies()))));
    lines.add("");
    status.places().forEach(place -> lines.add(line(place.name(), place.address())));
    return lines;
  }

  private String line(String label, String text) {
    String padded = ("%-" + LABEL_WIDTH + "s ").formatted(label);
    int room = Math.max(0, columns - 1 - padded.length());
    return BOLD.formatted(padded) + (text.length() > room ? text.substring(0, room) : text);
  }

  private String bar(double share) {
    int full = (int) Math.round(share * BAR_WIDTH);
    String done = (blocks ? "\u2588" : "#").repeat(full);
    String open = (blocks ? "\u2591" : "-").repeat(BAR_WIDTH - full);
    return "%s%s %.0f %%".formatted(done, open, 100 * share);
  }
}
