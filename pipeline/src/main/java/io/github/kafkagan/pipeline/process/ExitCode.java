package io.github.kafkagan.pipeline.process;

/** How a process ended, for supervisors: they restart {@link #FAILED} only. */
public enum ExitCode {
  /** What was asked for is done, or the process was told to stop. */
  DONE(0),
  /** Something broke; a restart may help. */
  FAILED(1),
  /** An option or its value is wrong; a restart does not help. */
  USAGE(2),
  /** A newer process of the same kind has taken over; a restart would fence that one. */
  FENCED(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
