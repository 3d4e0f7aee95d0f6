package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainers that stop, are killed, are replaced, and go on, on a real broker. */
@ExtendWith(OnOneBroker.class)
class ResumeIT {
  private static final int BATCH = 64;

  private final TestTrainers trainers;
  private final TestStream stream;

  ResumeIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
  }

  @Test
  void aKilledRunEndsWithTheWeightsOfOneThatWasNot() throws Exception {
    // Given a stream, and a run on it that is not disturbed
    int images = BATCH * 100;
    stream.create(stream.topics().images());
    stream.produce(0, images);
    try (JavaProcess calm = trainers.start("calm", "--threads", "1")) {
      trainers.awaitImages("calm", images);
      assertThat(calm.terminate()).as(calm.log()).isZero();
    }

    // When another run is killed again and again, some steps after it saved its state
    Random random = new Random(7);
    for (int kill = 0; kill < 3; kill++) {
      long version = trainers.newestVersion("killed");
      try (JavaProcess killed = startKillable("killed", random.nextInt(300, 900) + "ms")) {
        long saved =
            trainers.awaitState("killed", manifest -> manifest.version() > version).version();
        int more = 1 + random.nextInt(4);
        trainers.await("killed", manifest -> manifest.version() >= saved + more);
        killed.kill();
      }
    }
    try (JavaProcess last = startKillable("killed", "60s")) {
      trainers.awaitImages("killed", images);
      assertThat(last.terminate()).as(last.log()).isZero();

      // Then it did resume, and nothing tells the two apart
      assertThat(last.log()).contains("Model restored");
    }
    Manifest calm = trainers.state("calm");
    Manifest killed = trainers.state("killed");
    assertThat(killed.step()).isEqualTo(calm.step()).isEqualTo(100);
    assertThat(killed.offsets()).isEqualTo(calm.offsets());
    assertThat(killed.sha256()).isEqualTo(calm.sha256());
  }

  @Test
  void aNewerTrainerTakesOverAndTheOlderEndsWithItsOwnCode() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (JavaProcess older = trainers.start("digits")) {
      trainers.awaitImages("digits", BATCH);
      try (JavaProcess newer = trainers.start("digits")) {
        stream.await(
            stream.topics().trainerState(),
            record -> record.offset() > 1 && TestTrainers.key(record).equals("digits/owner"));
        stream.produce(BATCH, BATCH * 4);

        assertThat(older.exitCode()).as(older.log()).isEqualTo(3);
        assertThat(older.log()).contains("error: a newer trainer").doesNotContain("\tat ");
        trainers.awaitImages("digits", BATCH * 4);
        assertThat(newer.terminate()).as(newer.log()).isZero();
      }
    }
  }

  @Test
  void aRunWithAGoalEndsThereWithEverythingSaved() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH * 5);

    try (JavaProcess trainer = trainers.start("digits", "--until", "images=" + BATCH * 3)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    assertThat(trainers.state("digits").step()).isEqualTo(3);
    assertThat(trainers.state("digits").nextPosition()).isEqualTo(BATCH * 3);
    try (JavaProcess again = trainers.start("digits", "--until", "images=" + BATCH * 3)) {
      assertThat(again.exitCode()).as(again.log()).isZero();
    }
    assertThat(trainers.state("digits").step()).isEqualTo(3);
  }

  @Test
  void anotherPresetDoesNotContinueAModel() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (JavaProcess first = trainers.start("digits")) {
      trainers.awaitImages("digits", BATCH);
      assertThat(first.terminate()).as(first.log()).isZero();
    }

    try (JavaProcess other = trainers.start("digits", "--preset", "mlp-1024")) {
      assertThat(other.exitCode()).as(other.log()).isEqualTo(2);
      assertThat(other.log()).contains("was trained with preset digits");
    }
  }

  private JavaProcess startKillable(String model, String stateEvery) {
    return trainers.start(model, "--threads", "1", "--state-every", stateEvery);
  }
}
