package io.github.kafkagan.local.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program that checks files has said.
 *
 * @param output both of its streams
 */
record Checked(int exitCode, String output) {
  /** Runs it in a folder. */
  static Checked by(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Checked(process.waitFor(), output);
  }
}
