package io.github.kafkagan.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DemoIT {
  private static final String PRESET = "--preset=mlp-1024";

  @TempDir Path folder;
  private String data = "";

  @BeforeEach
  void writeData() throws IOException {
    data = "--data-dir=" + Digits.write(folder.resolve("data"));
  }

  @Test
  void aRunOfSomeImagesEndsByItselfAndLeavesPicturesAndFigures() throws Exception {
    Path figures = folder.resolve("run.json");
    try (DemoRun demo = DemoRun.start(folder, PRESET, data, "--images=8010", "--json=" + figures)) {
      demo.awaitAllProcesses();
      List<ProcessHandle> children = demo.children();
      assertThat(demo.pipeline().path("bootstrapServers").asText()).startsWith("127.0.0.1:");
      assertThat(demo.pipeline().at("/processes/trainer/opsUrl").asText())
          .startsWith("http://127.0.0.1:");

      // When it is left alone, then it ends, with all it has started
      assertThat(demo.awaitExit()).as(demo.terminal()).isZero();
      assertThat(children).hasSize(4).noneMatch(ProcessHandle::isAlive);

      JsonNode run = Json.read(Files.readAllBytes(figures), JsonNode.class);
      assertThat(run.get("imagesProduced").asLong()).isEqualTo(8010);
      // 125 batches of 64; the last 10 images do not fill one
      assertThat(run.get("imagesTrained").asLong()).isEqualTo(8000);
      assertThat(run.get("steps").asLong()).isEqualTo(125);
      assertThat(run.get("imagesPerSecond").asDouble()).isPositive();
      assertThat(run.get("seconds").asDouble()).isPositive();
      assertThat(run.get("lossDiscriminator").isNumber()).isTrue();
      assertThat(run.get("lossGenerator").isNumber()).isTrue();
      assertThat(run.get("checkpoints").asLong()).isPositive();
      assertThat(run.get("swaps").asLong()).isPositive();
      assertThat(run.get("requests").asLong()).isPositive();
      assertThat(run.get("replies").asLong()).isEqualTo(run.get("requests").asLong());
      assertThat(run.get("servedStep").asLong()).isBetween(1L, 125L);
      // The stream has waited for the trainer, and what is served has learnt from its last images.
      assertThat(run.get("stalenessSeconds").asDouble()).isBetween(0.0, 10.0);

      assertIsPicture(Files.readAllBytes(demo.output().resolve("latest.png")));
      assertIsPicture(Files.readAllBytes(demo.output().resolve("request-1.png")));
      assertThat(demo.output().resolve("sheet-125.png"))
          .hasSameBinaryContentAs(demo.output().resolve("latest.png"));
      assertThat(Files.readString(demo.output().resolve("trainer.log"))).contains("PASSIVE");
    }
  }

  @Test
  void aRunThatKeepsTheDataGoesOnAndStopsCleanlyWhenTold() throws Exception {
    long before;
    try (DemoRun first = DemoRun.start(folder, PRESET, data, "--images=1280")) {
      assertThat(first.awaitExit()).as(first.terminal()).isZero();
      before = newestSheet(first);
    }

    try (DemoRun second = DemoRun.start(folder, PRESET, data, "--keep")) {
      // Steps go on from those of the first run
      second.await("it trains on", () -> newestSheet(second) > before);
      List<ProcessHandle> children = second.children();
      assertThat(children).hasSize(4);

      second.terminate();

      assertThat(second.awaitExit()).as(second.terminal()).isZero();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(second.terminal())
          .contains("Starting Kafka on the data of the last run.")
          .contains("Stopping everything.")
          .doesNotContain("was killed");
    }
  }

  @Test
  void nothingOutlivesADemoThatIsKilled() throws Exception {
    try (DemoRun demo = DemoRun.start(folder, PRESET, data)) {
      demo.awaitAllProcesses();
      List<ProcessHandle> children = demo.children();

      demo.kill();

      DemoRun.assertAllEnd(children);
    }
  }

  @Test
  void aProcessThatDiesEndsTheDemoWhichSaysWhichAndWhy() throws Exception {
    try (DemoRun demo = DemoRun.start(folder, "--preset=no-such-preset", data)) {
      assertThat(demo.awaitExit()).isEqualTo(1);

      assertThat(demo.terminal())
          .contains("error: trainer ended with exit code 2; the end of ")
          .contains("no-such-preset");
      assertThat(demo.children()).noneMatch(ProcessHandle::isAlive);
    }
  }

  private static long newestSheet(DemoRun demo) {
    try (Stream<Path> files = Files.list(demo.output())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("sheet-\\d+\\.png"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertIsPicture(byte[] png) throws IOException {
    assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
  }
}
