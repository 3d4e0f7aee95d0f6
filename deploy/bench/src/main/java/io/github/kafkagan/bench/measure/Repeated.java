package io.github.kafkagan.bench.measure;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * A side that repeats one thing.
 *
 * @param step does it once; gives how many units that was
 * @param release called when it is done with
 */
public record Repeated(String name, IntSupplier step, Runnable release) implements Side {
  @Override
  public double rate(Duration window) {
    long units = 0;
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < window.toNanos()) {
      units += step.getAsInt();
      now = System.nanoTime();
    }
    return units * 1e9 / (now - begin);
  }

  @Override
  public void close() {
    release.run();
  }
}
