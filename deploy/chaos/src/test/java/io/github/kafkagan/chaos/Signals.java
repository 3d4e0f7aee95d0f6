package io.github.kafkagan.chaos;

/** Signals that Java cannot send. */
final class Signals {
  private Signals() {}

  /** Stops a process where it is (SIGSTOP): it neither ends nor does anything. */
  static void pause(long pid) {
    send("-STOP", pid);
  }

  /** Lets it go on (SIGCONT). */
  static void resume(long pid) {
    send("-CONT", pid);
  }

  private static void send(String signal, long pid) {
    int code = Program.run("kill", signal, Long.toString(pid));
    if (code != 0) {
      throw new AssertionError("kill %s %d ended with %d".formatted(signal, pid, code));
    }
  }
}
