package io.github.kafkagan.pipeline.observe;

/**
 * Whether a process can do its work now.
 *
 * @param ready whether it can
 * @param reason one sentence: what it is doing, or what it waits for
 */
public record Readiness(boolean ready, String reason) {
  public static Readiness ready(String reason) {
    return new Readiness(true, reason);
  }

  public static Readiness notReady(String reason) {
    return new Readiness(false, reason);
  }
}
