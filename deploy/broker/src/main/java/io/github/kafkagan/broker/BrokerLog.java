package io.github.kafkagan.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What one run of the broker has written to its log file, which earlier runs have written to. */
record BrokerLog(Path file, long start) {
  private static final int TAIL_LINES = 20;

  static BrokerLog in(Path dataDir) throws IOException {
    Path file = dataDir.resolve("broker.log");
    return new BrokerLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  boolean saysAddressInUse() throws IOException {
    return text().contains("Address already in use");
  }

  boolean saysStarted() throws IOException {
    return text().contains("Kafka Server started");
  }

  boolean saysBrokerFenced() throws IOException {
    return text().contains("Fencing broker " + ServerProperties.NODE_ID + " ");
  }

  /** The file's name and the last lines of this run. */
  String describe() throws IOException {
    List<String> lines = text().lines().toList();
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return file + ":\n" + String.join("\n", tail);
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(start);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
