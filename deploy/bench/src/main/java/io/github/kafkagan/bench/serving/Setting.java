package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.measure.Rounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How the service is measured.
 *
 * @param home the project's folder
 * @param logs folder for what the processes say
 * @param threads of PyTorch, in every process that makes images
 */
public record Setting(Path home, Path logs, int threads, Rounds rounds) {
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  /** Before a turn is counted, so that open requests are as many at its beginning as at its end. */
  private static final int LEAD_IN_SHARE = 5;

  /**
   * What is added to the environment of every process that makes images. They share the cores, so
   * their threads wait passively unless this process's environment says otherwise.
   */
  Map<String, String> environment() {
    String policy = Objects.requireNonNullElse(System.getenv(WAIT_POLICY), "PASSIVE");
    return Map.of(WAIT_POLICY, policy, "OMP_NUM_THREADS", Integer.toString(threads));
  }

  static Duration leadIn(Duration window) {
    return window.dividedBy(LEAD_IN_SHARE);
  }
}
