package io.github.kafkagan.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The command-line client kcat, which knows nothing of this project. */
final class Kcat {
  private final String bootstrapServers;

  Kcat(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  static boolean isInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kcat")));
  }

  void produce(String topic, String key, String value) throws Exception {
    Process kcat =
        new ProcessBuilder("kcat", "-P", "-b", bootstrapServers, "-t", topic, "-k", key)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    kcat.getOutputStream().write(value.getBytes(UTF_8));
    kcat.getOutputStream().close();
    assertThat(kcat.waitFor()).isZero();
  }

  /** Reads a topic from its beginning until a record with that key comes; returns its value. */
  JsonNode consume(String topic, String key) throws IOException {
    Process kcat =
        new ProcessBuilder(
                "kcat",
                "-C",
                "-q",
                "-u",
                "-b",
                bootstrapServers,
                "-t",
                topic,
                "-o",
                "beginning",
                "-X",
                "isolation.level=read_committed",
                "-f",
                "%k %s\\n")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = kcat.inputReader(UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.startsWith(key + " ")) {
        line = lines.readLine();
      }
      assertThat(line).as("kcat ended").isNotNull();
      return Json.read(line.substring(key.length() + 1).getBytes(UTF_8), JsonNode.class);
    } finally {
      kcat.destroy();
    }
  }
}
