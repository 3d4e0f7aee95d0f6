package io.github.kafkagan.local.view;

import io.github.kafkagan.local.figures.Figures;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a view shows.
 *
 * @param figures what the processes say
 * @param speed images trained per second, lately
 * @param replies replies in the topic since the demo started
 * @param elapsed since the processes were started
 * @param progress 0 to 1; empty for a demo without end
 * @param places where to look, one line each
 */
public record Status(
    Figures figures,
    double speed,
    long replies,
    Duration elapsed,
    OptionalDouble progress,
    List<Place> places) {

  /**
   * Where to look.
   *
   * @param name what is there
   * @param address a URL or a path
   */
  public record Place(String name, String address) {}

  public Status {
    places = List.copyOf(places);
  }
}
