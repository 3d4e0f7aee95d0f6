package io.github.kafkagan.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no call for. */
public enum Signal {
  /** The process does nothing until it is continued. */
  STOP,
  CONT;

  /** Sends this signal. */
  public void to(LoggedProcess process) {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid())).start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(process.name() + " cannot be sent " + name());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
