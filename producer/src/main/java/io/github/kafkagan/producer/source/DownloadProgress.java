package io.github.kafkagan.producer.source;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a second how far a download is. */
final class DownloadProgress {
  private static final Logger log = LoggerFactory.getLogger(DownloadProgress.class);
  private static final int BAR_CELLS = 20;
  private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

  private final String file;
  private final AtomicLong expected = new AtomicLong(-1);
  private long lastLine = System.nanoTime();

  DownloadProgress(String file) {
    this.file = file;
  }

  /** May be called from the client's threads. A negative number means unknown. */
  void expect(long bytes) {
    expected.set(bytes);
  }

  void show(long received) {
    if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      log.atInfo()
          .addKeyValue("file", file)
          .addKeyValue("progress", bar(received, expected.get()))
          .log("Downloading");
    }
  }

  static String bar(long received, long total) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%.1f MB", received / 1e6);
    }
    int full = (int) Math.min(BAR_CELLS, BAR_CELLS * received / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %.1f of %.1f MB",
        "#".repeat(full),
        ".".repeat(BAR_CELLS - full),
        received / 1e6,
        total / 1e6);
  }
}
