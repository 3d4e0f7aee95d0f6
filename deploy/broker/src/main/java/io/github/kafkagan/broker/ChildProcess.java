package io.github.kafkagan.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts programs that end when this process does, even when this process is killed, and that do
 * not hear the terminal's Ctrl-C, so that whoever started them decides in which order they stop.
 */
public final class ChildProcess {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /**
   * Becomes the command, and leaves a watcher behind that terminates it at the end of standard
   * input: the other end of that pipe closes when the parent calls {@link Process#destroy()} or is
   * gone. {@code $$} is the command's process id, since {@code exec} keeps it.
   */
  private static final String UNTIL_END_OF_INPUT =
      """
      trap '' INT HUP
      exec 3<&0 </dev/null
      { cat <&3; kill $$; } >/dev/null 2>&1 &
      exec "$@" 3<&-
      """;

  private ChildProcess() {}

  /**
   * Starts {@code command} with {@code environment} added to this process's own; both its output
   * streams are appended to {@code log}.
   *
   * @return the process, whose id is the command's own
   * @throws IOException if the command's shell cannot be started or the log cannot be written
   */
  public static Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A session of its own, so that signals to this process's group (timeout, a closed terminal)
      // do not reach it either.
      line.add(SETSID.toString());
    }
    line.addAll(List.of("/bin/sh", "-c", UNTIL_END_OF_INPUT, "sh"));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** The {@code java} that runs this process. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
