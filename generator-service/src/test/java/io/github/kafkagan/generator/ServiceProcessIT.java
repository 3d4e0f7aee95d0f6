package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process: started, stopped, killed, asked by clients that know nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceProcessIT {
  private static final Preset PRESET = Preset.named("digits");

  private LocalBroker broker;
  private TestPipeline pipeline;
  @TempDir private Path folder;

  @BeforeAll
  void startBroker(@TempDir Path brokerFolder) {
    broker = LocalBroker.start(brokerFolder);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    pipeline = new TestPipeline(broker.bootstrapServers());
  }

  @AfterEach
  void closeClients() {
    pipeline.close();
  }

  @Test
  void givenKillsUnderRequestsThenEachRequestGetsExactlyOneReply() {
    pipeline.publish(Checkpoints.of(MODEL, PRESET, 1));
    try (Requester requester = new Requester(pipeline, pipeline.topics().replies().name())) {
      int asked = 0;
      for (int life = 0; life < 4; life++) {
        try (JavaProcess service = ServiceProcess.start(folder.resolve("log" + life), pipeline)) {
          int before = requester.answered().size();
          for (int i = 0; i < 200; i++) {
            requester.ask(Integer.toString(asked++), "\"count\": 20");
          }
          // Killed while it answers: some of these replies are committed, some are not, and some
          // requests are taken but not yet answered.
          int enough = life < 3 ? before + 40 : asked;
          Await.until(
              () -> {
                requester.poll();
                return requester.answered().size() >= enough;
              });
          service.kill();
        }
      }
      assertThat(requester.answered()).hasSize(asked);
      assertThat(requester.answeredTwice()).isEmpty();
      assertThat(requester.all()).allMatch(Images.class::isInstance);
    }
  }

  @Test
  void givenATerminationThenItEndsAtOnceWithCodeZeroAndItsSuccessorTakesOver() {
    pipeline.publish(Checkpoints.of(MODEL, PRESET, 1));
    try (Requester requester = new Requester(pipeline, pipeline.topics().replies().name());
        JavaProcess service = ServiceProcess.start(folder.resolve("first"), pipeline)) {
      requester.ask("first", "");
      requester.images("first");
      assertThat(service.get("/health/ready").body())
          .isEqualTo("{\"ready\":true,\"reason\":\"serving model digits, step 100\"}");
      assertThat(service.get("/metrics").body())
          .contains(
              "gan_generator_requests_total{outcome=\"ok\"} 1.0",
              "gan_generator_images_total",
              "gan_generator_batch_images_bucket",
              "gan_generator_latency_seconds_bucket",
              "gan_generator_checkpoint_step{model=\"digits\"} 100.0",
              "gan_generator_swaps_total{outcome=\"served\"} 1.0",
              "jvm_memory_used_bytes",
              "kafka_stream_");

      long begin = System.nanoTime();
      assertThat(service.terminate()).as(service.log()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(service.log())
          .contains(Backend.threadsBesideOthers() + " threads")
          .doesNotContain("ERROR", "WARN", "Exception");
    }
    try (Requester requester = new Requester(pipeline, pipeline.topics().replies().name());
        JavaProcess service = ServiceProcess.start(folder.resolve("second"), pipeline)) {
      requester.ask("second", "");
      requester.images("second");
      assertThat(requester.answeredTwice()).isEmpty();
      assertThat(service.terminate()).as(service.log()).isZero();
    }
  }

  @Test
  void givenNoBrokerThenOneLineSaysSo() {
    try (JavaProcess service =
        ServiceProcess.start(folder.resolve("log"), "--bootstrap-servers=127.0.0.1:1")) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.log())
          .isEqualTo("error: no Kafka broker answers at 127.0.0.1:1 within 15 s\n");
    }
  }

  @Test
  void givenAWrongOptionThenItsUsageIsExplained() {
    for (String option :
        List.of(
            "--batch-images=0",
            "--linger=5m",
            "--reply-topics=(",
            "--instance-id=a b",
            "--threads=0")) {
      try (JavaProcess service =
          ServiceProcess.start(
              folder.resolve("log" + option.hashCode()),
              "--bootstrap-servers=" + pipeline.bootstrapServers(),
              option)) {
        assertThat(service.exitCode()).as(service.log()).isEqualTo(2);
        assertThat(service.log())
            .startsWith("error: " + option.substring(0, option.indexOf('=')))
            .endsWith("Try 'generator-service --help'.\n");
      }
    }
  }

  @Test
  void givenKcatThenItsRequestsAreAnswered() throws Exception {
    assumeTrue(ExternalProgram.isInstalled("kcat"), "needs kcat: apt-get install kcat");
    pipeline.publish(Checkpoints.of(MODEL, PRESET, 1));
    try (JavaProcess service = ServiceProcess.start(folder.resolve("log"), pipeline);
        Requester requester = new Requester(pipeline, pipeline.topics().replies().name())) {
      String requests = pipeline.topics().requests().name();
      kcat("{\"id\": \"json\", \"count\": 2}", "-P", "-t", requests, "-k", "json");
      requester.images("json");
      kcat("{\"count\": 4}", "-P", "-t", requests, "-k", "file", "-H", "accept=image/png");
      int partition = requester.reply("file").partition();

      String replies = pipeline.topics().replies().name();
      byte[] listed = kcat("", "-C", "-e", "-q", "-t", replies, "-f", "%k %s\\n");
      assertThat(new String(listed, StandardCharsets.ISO_8859_1))
          .contains("json {\"id\":\"json\",\"model\":\"digits\",\"checkpoint\":{\"step\":100,");
      Path png = folder.resolve("digits.png");
      String last = Integer.toString(partition);
      Files.write(
          png,
          kcat("", "-C", "-e", "-q", "-D", "", "-t", replies, "-p", last, "-o", "-2", "-c", "1"));
      assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThanOrEqualTo(2 * 28);
      assertThat(service.terminate()).as(service.log()).isZero();
    }
  }

  private byte[] kcat(String input, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("kcat", "-b", pipeline.bootstrapServers()));
    command.addAll(List.of(options));
    ExternalProgram.Finished kcat = ExternalProgram.run(Map.of(), input, command);
    assertThat(kcat.exitCode()).as(kcat.errors()).isZero();
    return kcat.output();
  }
}
