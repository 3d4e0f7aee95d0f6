package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.NewestCheckpoint;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last generators of a trainer that stops, is killed, and goes on, on a real broker. */
@ExtendWith(OnOneBroker.class)
class HistoryIT {
  private static final int BATCH = 64;

  private final TestTrainers trainers;
  private final TestStream stream;

  HistoryIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
  }

  @BeforeEach
  void createTopic() throws Exception {
    stream.create(stream.topics().images());
  }

  @Test
  void theLastGeneratorsAreKeptAlsoAcrossARestart() throws Exception {
    // Given a trainer that publishes a generator after each of its steps
    try (JavaProcess trainer = trainers.start("digits")) {
      stepByStep(1, 11);
      assertThat(steps(history())).containsExactlyElementsOf(from(4, 11));
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }
    Manifest newest = history().get(7);
    assertThat(newest.version()).isEqualTo(trainers.generator("digits").version());
    assertThat(newest.sha256()).isEqualTo(trainers.generator("digits").sha256());

    // When another goes on, which at first publishes once more what there is
    try (JavaProcess again = trainers.start("digits")) {
      trainers.await("digits", manifest -> manifest.version() > newest.version());
      assertThat(steps(history())).containsExactlyElementsOf(from(4, 11));
      stepByStep(12, 14);
      assertThat(again.terminate()).as(again.log()).isZero();
    }

    // Then there are still the last eight, and each can be had
    assertThat(steps(history())).containsExactlyElementsOf(from(7, 14));
    assertThat(trainers.tool("inspect", "--model=digits", "--history")).isZero();
    assertThat(trainers.tool("inspect", "--model=digits", "--history", "--best")).isEqualTo(2);
    assertThat(trainers.tool("inspect", "--model=nobody", "--history")).isEqualTo(1);
    Path file = trainers.folder().resolve("nine.safetensors");
    assertThat(trainers.tool("export", "--model=digits", "--step=9", file.toString())).isZero();
    assertThat(Snapshot.decode(Files.readAllBytes(file)).metadata().get("manifest"))
        .contains("\"step\":9,");
    assertThat(trainers.tool("export", "--model=digits", "--step=6", file.toString())).isEqualTo(1);
  }

  @Test
  void anImportedGeneratorIsInTheHistoryToo() throws Exception {
    stream.produce(0, BATCH);
    try (JavaProcess trainer = trainers.start("digits", "--until=steps=1")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    String file = trainers.folder().resolve("one.safetensors").toString();

    assertThat(trainers.tool("export", "--model=digits", file)).isZero();
    assertThat(trainers.tool("import", "--model=copy", file)).isZero();

    assertThat(steps(history("copy"))).containsExactly(1L);
  }

  @Test
  void aTrainerThatIsKilledLeavesWholeGeneratorsOnly() throws Exception {
    // Given images for long, and a trainer that is killed while it publishes, again and again
    stream.produce(0, BATCH * 1000L);
    Random random = new Random(4);
    long version = -1;
    for (int kill = 0; kill < 4; kill++) {
      try (JavaProcess killed = trainers.start("digits", "--state-every=2s")) {
        long before = version;
        int enough = 9 + random.nextInt(5);
        AtomicInteger published = new AtomicInteger();
        trainers.await(
            "digits",
            manifest -> manifest.version() > before && published.incrementAndGet() >= enough);
        killed.kill();
      }

      // Then every slot holds a whole generator, the newest of them the one that is served
      List<Manifest> history = history();
      assertThat(steps(history)).hasSize(8).doesNotHaveDuplicates();
      Manifest latest = trainers.generator("digits");
      assertThat(history.get(7).version()).isEqualTo(latest.version());
      assertThat(history.get(7).sha256()).isEqualTo(latest.sha256());
      version = trainers.newestVersion("digits");
    }
  }

  /** Has a generator published after each of these steps. */
  private void stepByStep(int first, int last) throws Exception {
    for (int step = first; step <= last; step++) {
      stream.produce(BATCH * (step - 1L), BATCH * (long) step);
      trainers.awaitImages("digits", BATCH * (long) step);
    }
  }

  private List<Manifest> history() {
    return history("digits");
  }

  /** The oldest first; none of them is damaged. */
  private List<Manifest> history(String model) {
    ModelCheckpoints held = trainers.generators(model);
    List<NewestCheckpoint> slots =
        IntStream.range(0, Slots.HISTORY).mapToObj(Slots::history).map(held::slot).toList();
    assertThat(slots).allSatisfy(slot -> assertThat(slot.damage()).isEmpty());
    return slots.stream()
        .flatMap(slot -> slot.complete().stream())
        .map(CheckpointSet::manifest)
        .sorted(Comparator.comparingLong(Manifest::version))
        .toList();
  }

  private static List<Long> steps(List<Manifest> manifests) {
    return manifests.stream().map(Manifest::step).toList();
  }

  private static List<Long> from(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
