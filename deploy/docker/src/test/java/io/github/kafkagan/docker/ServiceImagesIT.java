package io.github.kafkagan.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** The images by themselves, on a broker of Kafka's own image with its own settings. */
@Tag("docker")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceImagesIT {
  private static final int FENCED = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private @Nullable Network network;
  private @Nullable KafkaContainer kafka;
  private @Nullable GenericContainer<?> producer;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    Compose.running(Map.of()).run("build", "producer", "trainer", "generator-service");
    network = Network.newNetwork();
    kafka =
        new KafkaContainer(Compose.brokerImage())
            .withNetwork(network)
            .withListener("kafka:19092")
            .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000")
            // Rather than for a line in a log that depends on how the image logs.
            .waitingFor(Wait.forListeningPort());
    kafka.start();
    Bind bars = new Bind(Bars.write(data).toString(), new Volume("/data"), AccessMode.ro);
    producer =
        service("producer", 9401)
            .withEnv("GAN_DATA_DIR", "/data")
            .withEnv("GAN_RATE", "1000")
            .withCreateContainerCmdModifier(
                command -> requireNonNull(command.getHostConfig()).withBinds(bars));
    producer.start();
  }

  @AfterAll
  void stop() {
    if (producer != null) {
      producer.stop();
    }
    if (kafka != null) {
      kafka.stop();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  void imagesWorkTogether() throws Exception {
    try (GenericContainer<?> trainer =
            service("trainer", 9402).withEnv("GAN_CHECKPOINT_EVERY", "2s");
        GenericContainer<?> generator = service("generator-service", 9403, 8080)) {
      trainer.start();
      generator.start();

      URI page = URI.create("http://localhost:" + generator.getMappedPort(8080));
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(page.resolve("/api/generate"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"seed\": 7}"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"images\"");
    }
  }

  @Test
  void fencedTrainerEndsAsItsSupervisorWants() {
    try (GenericContainer<?> first = service("trainer", 9402).withEnv("GAN_MODEL", "fenced");
        GenericContainer<?> second =
            service("trainer", 9402)
                .withEnv("GAN_MODEL", "fenced")
                .withEnv("FINAL_EXIT_CODES", "2 3");
        GenericContainer<?> third = service("trainer", 9402).withEnv("GAN_MODEL", "fenced")) {
      for (GenericContainer<?> trainer : List.of(first, second, third)) {
        trainer.waitingFor(Wait.forLogMessage(".*New model.*|.*Model restored.*", 1)).start();
      }

      assertThat(exitCode(first)).isEqualTo(FENCED);
      assertThat(exitCode(second)).isZero();
      assertThat(third.isRunning()).isTrue();
    }
  }

  @Test
  void wrongUsageIsOneLineAndItsExitCode() {
    Program.Result plain = docker("run", "--rm", "kafka-gan/trainer", "--preset=none-such");
    Program.Result supervised =
        docker("run", "--rm", "-eFINAL_EXIT_CODES=2 3", "kafka-gan/trainer", "--preset=none-such");

    assertThat(plain.exitCode()).isEqualTo(2);
    assertThat(plain.output()).contains("error: ").doesNotContain("\tat ");
    assertThat(supervised.exitCode()).isZero();
    assertThat(supervised.output()).contains("error: ", "a restart would not help");
  }

  private static Program.Result docker(String... arguments) {
    return Program.run(
        Compose.HOME, Map.of(), Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
  }

  private GenericContainer<?> service(String name, Integer... ports) {
    return new GenericContainer<>("kafka-gan/" + name)
        .withNetwork(requireNonNull(network))
        .withExposedPorts(ports)
        .withEnv("KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
        .withEnv("OMP_WAIT_POLICY", "PASSIVE")
        .withTmpFs(Map.of("/tmp", "rw,exec"))
        .withCreateContainerCmdModifier(
            command -> requireNonNull(command.getHostConfig()).withReadonlyRootfs(true))
        .waitingFor(Wait.forHttp("/health/ready").forPort(ports[0]).withStartupTimeout(PATIENCE));
  }

  private static long exitCode(GenericContainer<?> container) {
    Await.until(PATIENCE, container::getLogs, () -> !container.isRunning());
    return requireNonNull(container.getCurrentContainerInfo().getState().getExitCodeLong());
  }
}
