package io.github.kafkagan.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Docker Compose, second version or first, on the files of this project.
 *
 * @param program how it is started
 * @param files after {@code compose.yaml}
 * @param environment for the variables in the files
 */
record Compose(List<String> program, List<String> files, Map<String, String> environment) {
  /** The project's folder. */
  static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  /**
   * Compose files of one's own that come last, separated by colons: for what is particular to a
   * machine, such as the network of image builds.
   */
  private static final String MORE_FILES = "KAFKA_GAN_COMPOSE_FILES";

  /** Kafka's image in the version of the project's clients. */
  static String brokerImage() throws IOException {
    String pom = Files.readString(HOME.resolve("pom.xml"));
    return "apache/kafka:" + pom.replaceFirst("(?s).*<kafka.version>(.*)</kafka.version>.*", "$1");
  }

  /** Compose, or a skipped test. */
  static Compose installed(Map<String, String> environment, String... overlays) {
    Optional<List<String>> program =
        List.of(List.of("docker", "compose"), List.of("docker-compose")).stream()
            .filter(line -> Program.works(with(line, "version").toArray(String[]::new)))
            .findFirst();
    assumeTrue(program.isPresent(), "needs docker compose: apt-get install docker-compose");
    return new Compose(program.orElseThrow(), List.of(overlays), environment);
  }

  /** As {@link #installed}, and a Docker engine that answers, or a skipped test. */
  static Compose running(Map<String, String> environment, String... overlays) {
    Compose compose = installed(environment, overlays);
    assumeTrue(Program.works("docker", "info"), "needs a Docker engine that answers docker info");
    return compose;
  }

  /** Runs a command and fails the test unless it succeeds; returns what it printed. */
  String run(String... command) {
    Program.Result result = attempt(command);
    assertThat(result.exitCode()).as(() -> List.of(command) + ":\n" + result.output()).isZero();
    return result.output().trim();
  }

  /** Runs a command. */
  Program.Result attempt(String... command) {
    List<String> line = new ArrayList<>(program);
    line.addAll(List.of("-f", "deploy/compose.yaml"));
    files.forEach(file -> line.addAll(List.of("-f", "deploy/" + file)));
    String more = Optional.ofNullable(System.getenv(MORE_FILES)).orElse("");
    for (String file : more.split(":", -1)) {
      if (!file.isEmpty()) {
        line.addAll(List.of("-f", file));
      }
    }
    line.addAll(List.of(command));
    return Program.run(HOME, environment, line);
  }

  private static List<String> with(List<String> line, String argument) {
    List<String> longer = new ArrayList<>(line);
    longer.add(argument);
    return longer;
  }
}
