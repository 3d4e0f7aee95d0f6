package io.github.kafkagan.bench.measure;

import java.time.Duration;

/** One of the things whose speed is compared. */
public interface Side extends AutoCloseable {

  /** What it is called in the results. */
  String name();

  /**
   * Works for about as long as is said, and no longer than one more unit takes.
   *
   * @return units done per second
   */
  double rate(Duration window);

  @Override
  void close();
}
