package io.github.kafkagan.pipeline.process;

/** Something the user can mend: told in one line, without a stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public UserError(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static UserError failed(String message) {
    return new UserError(ExitCode.FAILED, message);
  }

  public static UserError usage(String message) {
    return new UserError(ExitCode.USAGE, message);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
