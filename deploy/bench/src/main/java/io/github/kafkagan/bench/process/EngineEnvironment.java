package io.github.kafkagan.bench.process;

import java.util.Map;
import java.util.Objects;

/** Environment of every process that uses PyTorch, whosever it is. */
public final class EngineEnvironment {
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  private EngineEnvironment() {}

  /**
   * As the demo and the compose stack have it: threads wait passively, since all processes share
   * the cores; unless this process's environment says otherwise.
   */
  public static Map<String, String> waiting() {
    return Map.of(WAIT_POLICY, waitPolicy());
  }

  /** The same with a number of threads. */
  public static Map<String, String> of(int threads) {
    return Map.of(WAIT_POLICY, waitPolicy(), "OMP_NUM_THREADS", Integer.toString(threads));
  }

  /** How PyTorch's threads wait. */
  public static String waitPolicy() {
    return Objects.requireNonNullElse(System.getenv(WAIT_POLICY), "PASSIVE");
  }
}
