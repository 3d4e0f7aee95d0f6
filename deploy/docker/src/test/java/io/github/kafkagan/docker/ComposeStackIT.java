package io.github.kafkagan.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stack from nothing to a served image, and through the ways in which its parts can end. */
@Tag("docker")
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeStackIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String STEPS = "gan_trainer_steps_total";
  private static final String SERVED = "gan_generator_checkpoint_step";
  private static final String IMAGES = "gan_producer_position";
  private static final int PRODUCER = 9401;
  private static final int TRAINER = 9402;
  private static final int GENERATOR = 9403;

  private @Nullable Stack running;

  @BeforeAll
  void start(@TempDir Path data) {
    running = Stack.of(data, Map.of());
    stack().up("kafka", "producer", "trainer", "generator-service");
  }

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  @Order(1)
  void imagesAreServed() throws Exception {
    List.of("kafka", "producer", "trainer", "generator-service").forEach(stack()::awaitHealthy);

    HttpResponse<byte[]> answer = stack().generate("{\"count\": 4, \"labels\": [3]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body()))).isNotNull();
  }

  @Test
  @Order(2)
  void servicesThatCrashComeBackAndGoOn() {
    stack().awaitMetricAbove("generator-service", GENERATOR, SERVED, 0);
    double served = stack().metric("generator-service", GENERATOR, SERVED);
    double streamed = stack().metric("producer", PRODUCER, IMAGES);

    for (String service : List.of("producer", "trainer", "generator-service")) {
      stack().crash(service);
      Await.until(
          PATIENCE,
          () -> service + " was not restarted",
          () -> stack().state(service, "{{.RestartCount}}").equals("1"));
      stack().awaitHealthy(service);
    }

    stack().awaitMetricAbove("generator-service", GENERATOR, SERVED, served);
    assertThat(stack().metric("producer", PRODUCER, IMAGES)).isGreaterThan(streamed);
  }

  @Test
  @Order(3)
  void trainingOutlivesABrokerThatHangs() {
    stack().docker("pause", stack().container("kafka"));
    Await.until(
        PATIENCE,
        () -> "the generator service has not noticed",
        () -> stack().compose().run("logs", "generator-service").contains("do not come"));
    double before = stack().metric("trainer", TRAINER, STEPS);
    stack().docker("unpause", stack().container("kafka"));

    stack().awaitMetricAbove("trainer", TRAINER, STEPS, before + 20);
    stack().awaitHealthy("generator-service");
  }

  @Test
  @Order(4)
  void pipelineGoesOnWithABrokerThatWasKilled() {
    double served = stack().metric("generator-service", GENERATOR, SERVED);

    stack().docker("kill", stack().container("kafka"));
    stack().docker("start", stack().container("kafka"));

    stack().awaitHealthy("kafka");
    stack().awaitMetricAbove("generator-service", GENERATOR, SERVED, served);
  }

  @Test
  @Order(5)
  void trainingGoesOnAfterDownAndUp() {
    double served = stack().metric("generator-service", GENERATOR, SERVED);

    stack().compose().run("down", "--timeout", "40");
    stack().up("kafka", "producer", "trainer", "generator-service");

    // A new process counts its own steps: it trains, from where the last one ended.
    stack().awaitMetricAbove("trainer", TRAINER, STEPS, 0);
    assertThat(stack().compose().run("logs", "trainer")).contains("Model restored");
    stack().awaitMetricAbove("generator-service", GENERATOR, SERVED, served);
  }

  private Stack stack() {
    return requireNonNull(running);
  }
}
