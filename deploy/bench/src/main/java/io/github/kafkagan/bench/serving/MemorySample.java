package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.measure.ResidentMemory;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service's memory after so many swaps.
 *
 * @param residentMiB all that the process has in memory, before the collection
 * @param heapMiB live objects, after a collection
 */
public record MemorySample(long swaps, double residentMiB, double heapMiB) {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final double MEBIBYTE = 1 << 20;

  /** Throws unless samples can be taken. */
  static void requirePossible() {
    if (!Files.isExecutable(JCMD)) {
      throw UserError.failed("memory is watched by a JDK's jcmd, and there is no " + JCMD);
    }
  }

  /** Has the service collect its garbage; the resident memory is looked at before. */
  static MemorySample take(long swaps, ServiceProcess service) {
    double resident = ResidentMemory.of(service.pid());
    collectGarbage(service.pid());
    double heap = service.metrics().sum("jvm.memory.used", "_bytes", Map.of("area", "heap"));
    return new MemorySample(swaps, resident, heap / MEBIBYTE);
  }

  private static void collectGarbage(long pid) {
    try {
      Process jcmd =
          new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int code = jcmd.waitFor();
      if (code != 0) {
        throw new IllegalStateException("jcmd ended with exit code " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public String toString() {
    return "after %4d swaps  resident %7.1f MiB  heap %6.1f MiB"
        .formatted(swaps, residentMiB, heapMiB);
  }
}
