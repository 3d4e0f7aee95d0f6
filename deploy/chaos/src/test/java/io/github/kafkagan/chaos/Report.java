package io.github.kafkagan.chaos;

import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a round of kills found.
 *
 * @param seed that repeats its order and moments
 * @param kills in all, those among them that were followed by the next one at once
 * @param recoveries by process, of the kills whose recovery was waited for
 */
record Report(long seed, int kills, Map<Victim, Recovery.Summary> recoveries, Outcome outcome) {
  private static final Path FOLDER = Path.of("target", "chaos");

  /** An empty folder for the logs of a round. */
  static Path logs(String round) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(round));
    try (DirectoryStream<Path> before = Files.newDirectoryStream(folder)) {
      for (Path log : before) {
        Files.delete(log);
      }
    }
    return folder;
  }

  static Report of(long seed, int kills, List<Recovery> recoveries, Outcome outcome) {
    return new Report(
        seed,
        kills,
        recoveries.stream()
            .collect(
                Collectors.groupingBy(
                    Recovery::victim,
                    () -> new EnumMap<>(Victim.class),
                    Collectors.collectingAndThen(Collectors.toList(), Recovery.Summary::of))),
        outcome);
  }

  /** Writes {@code target/chaos/<name>.json} and says the same on standard output. */
  void publish(String name) throws IOException {
    write(name, this);
    System.out.println(table());
  }

  /** Likewise, of figures that are no table. */
  static void publish(String name, Object figures) throws IOException {
    System.out.println(name + " " + write(name, figures));
  }

  private static String write(String name, Object figures) throws IOException {
    String json = Json.pretty(figures);
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(name + ".json"), json);
    return json;
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("seed %d, %d kills%n".formatted(seed, kills));
    table.append(
        "%d images, %d steps, %d requests, %d generators served of %d published%n"
            .formatted(
                outcome.images(),
                outcome.steps(),
                outcome.requests(),
                outcome.generatorsServed(),
                outcome.generatorsPublished()));
    table.append("process            kills  median s  worst s  beyond start: median  worst\n");
    recoveries.forEach(
        (who, recovery) ->
            table.append(
                "%-17s  %5d  %8.1f  %7.1f  %20.1f  %5.1f%n"
                    .formatted(
                        who.label(),
                        recovery.kills(),
                        recovery.median(),
                        recovery.worst(),
                        recovery.medianBeyondStart(),
                        recovery.worstBeyondStart())));
    return table.toString();
  }
}
