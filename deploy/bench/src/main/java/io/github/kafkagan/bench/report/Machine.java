package io.github.kafkagan.bench.report;

import io.github.kafkagan.bench.process.EngineEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What figures were measured on, and when.
 *
 * @param processor its name, where the system says it
 * @param cores that this process may use
 * @param openMpWaitPolicy how PyTorch's threads wait
 */
public record Machine(
    String date,
    String processor,
    int cores,
    String memory,
    String system,
    String java,
    String openMpWaitPolicy) {

  /** This one, now. */
  public static Machine here() {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        proc("cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        proc("meminfo", "MemTotal"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        EngineEnvironment.waitPolicy());
  }

  private static String proc(String file, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", file)).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
