package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.process.EngineEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the service is measured.
 *
 * @param home the project's folder
 * @param logs folder for what the processes say
 * @param threads of PyTorch, in every process that makes images
 */
public record Setting(Path home, Path logs, int threads, Rounds rounds) {
  /** Before a turn is counted, so that open requests are as many at its beginning as at its end. */
  private static final int LEAD_IN_SHARE = 5;

  /** What is added to the environment of every process that makes images. */
  Map<String, String> environment() {
    return EngineEnvironment.of(threads);
  }

  static Duration leadIn(Duration window) {
    return window.dividedBy(LEAD_IN_SHARE);
  }
}
