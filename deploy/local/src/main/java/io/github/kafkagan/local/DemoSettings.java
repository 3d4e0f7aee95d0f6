package io.github.kafkagan.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user asked for.
 *
 * @param home the folder with the modules' jars, which is the project's
 * @param output where logs, pictures and the broker's data go
 * @param images ends the demo when so many were trained on in this run
 * @param duration ends the demo when it has run so long
 * @param keep goes on with the data of the last run
 * @param json where the final figures go
 * @param model name of the model
 * @param producer further options of the producer
 * @param trainer further options of the trainer
 */
record DemoSettings(
    Path home,
    Path output,
    OptionalLong images,
    Optional<Duration> duration,
    boolean keep,
    Optional<Path> json,
    String model,
    Map<String, String> producer,
    Map<String, String> trainer) {
  DemoSettings {
    if (images.isPresent() && images.getAsLong() < 1) {
      throw new IllegalArgumentException("--images must be at least 1, was " + images.getAsLong());
    }
    if (duration.isPresent() && duration.get().isZero()) {
      throw new IllegalArgumentException("--for must be longer than 0s");
    }
    json.ifPresent(DemoSettings::requireWritable);
    producer = Map.copyOf(producer);
    trainer = Map.copyOf(trainer);
  }

  /** Minutes of training should not end with figures that have no place to go to. */
  private static void requireWritable(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isWritable(parent) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("--json: cannot write " + file);
    }
  }

  static List<String> flags(Map<String, String> options) {
    return options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(option -> option.getKey() + "=" + option.getValue())
        .toList();
  }
}
