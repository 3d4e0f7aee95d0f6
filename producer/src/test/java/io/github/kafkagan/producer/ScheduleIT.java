package io.github.kafkagan.producer;

import static io.github.kafkagan.producer.ProducerProcess.awaitPosition;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.producer.schedule.PhaseParser;
import io.github.kafkagan.producer.schedule.ScheduledImage;
import io.github.kafkagan.producer.schedule.StreamPlan;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.github.kafkagan.producer.source.IdxFiles;
import io.github.kafkagan.producer.source.ImageSets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A stream that changes, from a producer that is stopped and killed, on a real broker. */
@Timeout(120)
class ScheduleIT {
  private static final int LENGTH = 30_000;
  private static final String PHASES =
      "labels=0-4 images=6000 then dataset=fashion-mnist images=20000 then labels=all";

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static LocalBroker broker;
  private static Path dataDir;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("broker"));
    dataDir = folder.resolve("data");
    IdxFiles.write(dataDir.resolve("mnist"), 250, 5, 4, 10);
    IdxFiles.write(dataDir.resolve("fashion-mnist"), 90, 5, 4, 7);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void eachPositionHasTheImageOfItsPhaseHoweverOftenTheProducerEnds() throws Exception {
    // Given a producer that is stopped in the first phase and killed twice in the second
    try (JavaProcess stopped = produce("--rate", "2000")) {
      awaitPosition(stopped, 500);
      stopped.terminate();
      assertThat(stopped.exitCode()).as(stopped.log()).isZero();
      assertThat(stopped.log()).contains("phase=1/3").doesNotContain("Phase begins");
    }
    for (int position : List.of(6_500, 9_000)) {
      try (JavaProcess killed = produce("--rate", "2000")) {
        awaitPosition(killed, position);
        assertThat(killed.get("/metrics").body()).containsPattern("gan_producer_phase\\S* 2\\.0");
        killed.kill();
      }
    }

    // When it goes on to the end
    try (JavaProcess last = produce("--limit", Integer.toString(LENGTH))) {
      assertThat(last.exitCode()).as(last.log()).isZero();

      // Then it says where it goes on, and when the third phase begins
      assertThat(last.log())
          .contains("phase=2/3")
          .containsOnlyOnce("Phase begins")
          .contains("phase=3/3 position=26000 dataset=mnist labels=all Phase begins");
    }

    // And each position is there once, with the image, label and data set of its phase
    StreamSchedule schedule = schedule();
    for (ConsumerRecord<byte[], byte[]> record :
        CommittedImages.read(broker, "phases.images").assertExactlyOnce(LENGTH).records()) {
      long position = CommittedImages.position(record);
      ScheduledImage image = schedule.imageAt(position);
      int label = ImageRecord.label(record.headers()).orElseThrow();
      assertThat(record.value()).isEqualTo(image.set().image(image.index()));
      assertThat(label).isEqualTo(image.set().label(image.index()).orElseThrow());
      assertThat(record.headers().lastHeader(ImageRecord.DATASET).value())
          .asString(UTF_8)
          .isEqualTo(position >= 6_000 && position < 26_000 ? "fashion-mnist" : "mnist");
      assertThat(label).isLessThan(position < 6_000 ? 5 : position < 26_000 ? 7 : 10);
    }
  }

  @Test
  void mistakesInAScheduleAreToldInOneLine() throws Exception {
    assertMistake("there is no data set 'cifar'; there are mnist", "dataset=cifar");
    assertMistake("mnist has no images with labels 10, 11; it has 0, 1, 2", "labels=8-11");
    assertMistake("'label=3' is none of them", "label=3");
    assertMistake("at least 1 image, not 0", "images=0 then labels=1");
    assertMistake("phase 1 has no images=N", "labels=0 then labels=1");
    assertMistake("--labels goes into the phases", "images=5 then labels=1", "--labels", "1");
  }

  @Test
  void imagesOfDifferentShapesAreToldInOneLine() throws Exception {
    Path wide =
        IdxFiles.write(folder.resolve("wide"), 10, 6, 8, 2).resolve(IdxFiles.IMAGES + ".gz");
    assertFailure(
        1,
        "those of wide are 6x8x1, of mnist 5x4x1",
        "--image-file",
        wide.toString(),
        "--dataset",
        "wide",
        "--schedule",
        "images=5 then dataset=mnist");
  }

  private static StreamSchedule schedule() throws Exception {
    ImageSets sets =
        ImageSets.of(
            List.of(
                IdxFiles.read(dataDir.resolve("mnist"), "mnist"),
                IdxFiles.read(dataDir.resolve("fashion-mnist"), "fashion-mnist")));
    StreamPlan plan = new StreamPlan(new PhaseParser("mnist").parse(PHASES), true, 0, 0, 0);
    return new StreamSchedule(sets, plan, 0);
  }

  private static void assertMistake(String message, String schedule, String... more)
      throws Exception {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--schedule";
    arguments[1] = schedule;
    System.arraycopy(more, 0, arguments, 2, more.length);
    assertFailure(2, message, arguments);
  }

  private static void assertFailure(int code, String message, String... arguments)
      throws Exception {
    String[] line = new String[arguments.length + 2];
    line[0] = "--data-dir";
    line[1] = dataDir.toString();
    System.arraycopy(arguments, 0, line, 2, arguments.length);
    try (JavaProcess producer = ProducerProcess.start(broker, folder, line)) {
      assertThat(producer.exitCode()).as(producer.log()).isEqualTo(code);
      assertThat(producer.log().lines().filter(text -> text.startsWith("error: ")))
          .singleElement()
          .asString()
          .contains(message);
      assertThat(producer.log()).doesNotContain("\tat ");
    }
  }

  private static JavaProcess produce(String option, String value) throws Exception {
    return ProducerProcess.start(
        broker,
        folder,
        "--topic-prefix",
        "phases.",
        "--data-dir",
        dataDir.toString(),
        "--schedule",
        PHASES,
        option,
        value);
  }
}
