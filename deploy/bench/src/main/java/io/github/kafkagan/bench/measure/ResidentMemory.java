package io.github.kafkagan.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has in memory, as Linux tells it. */
public final class ResidentMemory {
  private ResidentMemory() {}

  /** This process's, in MiB. */
  public static double ofThisProcess() {
    return mebibytes("self");
  }

  /** A process's, in MiB. */
  public static double of(long pid) {
    return mebibytes(Long.toString(pid));
  }

  private static double mebibytes(String process) {
    try {
      return Files.readAllLines(Path.of("/proc", process, "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be watched on Linux only", e);
    }
  }
}
