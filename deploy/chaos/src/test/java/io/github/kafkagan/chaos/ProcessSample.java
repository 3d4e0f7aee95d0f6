package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.bench.measure.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a process holds, on Linux.
 *
 * @param heapMiB live objects
 * @param outsideHeapMiB of what is resident, all that is not the Java heap, of which members touch
 *     every page when they start
 * @param files open file descriptors
 */
record ProcessSample(double heapMiB, double outsideHeapMiB, long files, long threads) {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final double MEBIBYTE = 1 << 20;

  /** What may come and go at any moment. */
  private static final double HEAP_MIB = 12;

  private static final double OUTSIDE_MIB = 24;
  private static final long FILES = 12;
  private static final long THREADS = 4;

  static ProcessSample take(Member member) {
    long pid = member.pid();
    double live = liveObjects(pid);
    double committed =
        member.ops().metric("jvm_memory_committed_bytes", Map.of("area", "heap")).orElseThrow();
    return new ProcessSample(
        live / MEBIBYTE,
        ResidentMemory.of(pid) - committed / MEBIBYTE,
        count(Path.of("/proc", Long.toString(pid), "fd")),
        count(Path.of("/proc", Long.toString(pid), "task")));
  }

  /** Of each figure the smaller one. */
  ProcessSample least(ProcessSample other) {
    return new ProcessSample(
        Math.min(heapMiB, other.heapMiB),
        Math.min(outsideHeapMiB, other.outsideHeapMiB),
        Math.min(files, other.files),
        Math.min(threads, other.threads));
  }

  /** Nothing has grown since an earlier sample. */
  void requireNoMoreThan(ProcessSample before, String name) {
    assertThat(heapMiB).as("heap of " + name).isLessThan(before.heapMiB + HEAP_MIB);
    assertThat(outsideHeapMiB)
        .as("memory of %s outside the heap", name)
        .isLessThan(before.outsideHeapMiB + OUTSIDE_MIB);
    assertThat(files).as("open files of " + name).isLessThan(before.files + FILES);
    assertThat(threads).as("threads of " + name).isLessThan(before.threads + THREADS);
  }

  private static long count(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes; the JVM collects garbage before it counts. */
  private static long liveObjects(long pid) {
    String histogram = Program.output(JCMD.toString(), Long.toString(pid), "GC.class_histogram");
    return histogram
        .lines()
        .filter(line -> line.startsWith("Total"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[2]))
        .findFirst()
        .orElseThrow();
  }
}
