package io.github.kafkagan.producer;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts producers as their users do, and asks them how far they are. */
final class ProducerProcess {
  private static final Pattern POSITION = meter("gan_producer_position");
  private static final Pattern IMAGES = meter("gan_producer_images_total");

  private static final Pattern PAUSED = meter("gan_producer_paused");

  private ProducerProcess() {}

  private static Pattern meter(String name) {
    return Pattern.compile("^" + name + "(?:\\{.*})? ([0-9.E+]+)$", Pattern.MULTILINE);
  }

  static JavaProcess start(LocalBroker broker, Path folder, String... options) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of("--bootstrap-servers", broker.bootstrapServers(), "--ops-port", "0"));
    line.addAll(List.of(options));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Path log = Files.createTempFile(folder, "producer", ".log");
    return JavaProcess.start(ProducerMain.class, "256m", environment, log, line);
  }

  /** One that streams a folder's data set, to topics whose names begin with {@code prefix}. */
  static JavaProcess stream(
      LocalBroker broker, Path folder, String dataDir, String prefix, String... options)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("--topic-prefix", prefix, "--data-dir", dataDir));
    line.addAll(List.of(options));
    return start(broker, folder, line.toArray(String[]::new));
  }

  /** The stream position that a producer shows. */
  static long position(JavaProcess producer) {
    return read(producer, POSITION);
  }

  /** How many images a producer itself has committed. */
  static long images(JavaProcess producer) {
    return read(producer, IMAGES);
  }

  /** Whether a producer shows that its stream is held: 1, else 0. */
  static long paused(JavaProcess producer) {
    return read(producer, PAUSED);
  }

  private static long read(JavaProcess producer, Pattern meter) {
    Matcher value = meter.matcher(producer.get("/metrics").body());
    return value.find() ? (long) Double.parseDouble(value.group(1)) : 0;
  }

  /** Waits until the stream has passed a position. */
  static void awaitPosition(JavaProcess producer, long position) throws Exception {
    Eventually.await("the stream passes " + position, () -> position(producer) > position);
  }
}
