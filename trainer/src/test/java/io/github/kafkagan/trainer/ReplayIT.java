package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Replay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Training on what the topic holds, again, on a real broker. */
@ExtendWith(OnOneBroker.class)
class ReplayIT {
  private static final int BATCH = 64;

  private final TestTrainers trainers;
  private final TestStream stream;

  ReplayIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
  }

  @BeforeEach
  void fillTopics() throws Exception {
    stream.create(stream.topics().images());
  }

  @Test
  void aReplayTrainsOnAllTheTopicHoldsAndTheStreamGoesOnBehindIt() throws Exception {
    // Given a model that was trained on a stream that does not fill its last batch
    stream.produce(0, BATCH * 2 + 40);
    end(start("digits", "--until", "images=" + BATCH * 2), 0);
    Map<TopicPartition, Long> group = groupOffsets();

    // When what the topic holds is replayed twice
    end(start("digits", "--replay", "2"), 0);

    // Then batches spanned the seam, and only what fills none is left
    Manifest replayed = trainers.state("digits");
    assertThat(replayed.step()).isEqualTo(2 + 5);
    assertThat(replayed.imagesSeen()).isEqualTo(BATCH * 7);
    assertThat(replayed.nextPosition()).isEqualTo(BATCH * 5 - (BATCH * 2 + 40));
    assertThat(replay(replayed)).isEqualTo(new Replay(2, 2, offsets(0, 0, 0, 0), ends(), true));
    assertThat(trainers.generator("digits").replay()).isEqualTo(replayed.replay());
    assertThat(groupOffsets()).isNotEqualTo(group).containsValue(replayed.offsets().get(0));

    // And the stream goes on with what was left, exactly once
    stream.produce(BATCH * 2 + 40, BATCH * 4);
    long left = BATCH * 4 - replayed.nextPosition();
    end(start("digits", "--until", "steps=" + (7 + left / BATCH)), 0);
    assertThat(trainers.state("digits").nextPosition())
        .isEqualTo(replayed.nextPosition() + left / BATCH * BATCH);
  }

  @Test
  void aReplayThatIsKilledEndsWithTheWeightsOfOneThatWasNot() throws Exception {
    // Given a replay that is not disturbed, each pass long enough to be killed in
    long images = BATCH * 80 + 7;
    stream.produce(0, images);
    end(start("calm", "--threads", "1", "--replay", "2"), 0);

    // When another is killed in its first pass and in its second
    for (int pass : new int[] {1, 2}) {
      long version = trainers.newestVersion("killed");
      try (JavaProcess killed = startKillable("700ms")) {
        long saved =
            trainers
                .awaitState(
                    "killed",
                    state ->
                        state.version() > version && replay(state).pass() == pass && inPass(state))
                .version();
        trainers.await("killed", manifest -> manifest.version() > saved);
        killed.kill();
        assertThat(replay(trainers.generator("killed")).pass()).isEqualTo(pass);
      }
    }
    try (JavaProcess last = startKillable("60s")) {
      assertThat(last.exitCode()).as(last.log()).isZero();
      assertThat(last.log()).contains("pass=2/2 Replay goes on");
    }

    // Then nothing tells the two apart
    Manifest calm = trainers.state("calm");
    Manifest killed = trainers.state("killed");
    assertThat(calm.step()).isEqualTo(images * 2 / BATCH);
    assertThat(killed.step()).isEqualTo(calm.step());
    assertThat(killed.offsets()).isEqualTo(calm.offsets());
    assertThat(killed.replay()).isEqualTo(calm.replay());
    assertThat(killed.sha256()).isEqualTo(calm.sha256());
  }

  @Test
  void aReplayThatWasStoppedGoesOnOnlyAsTheSame() throws Exception {
    // Given a replay that a goal has stopped in its second pass
    stream.produce(0, BATCH * 4);
    end(start("digits", "--replay", "3", "--until", "steps=6"), 0);
    assertThat(replay(trainers.state("digits")).pass()).isEqualTo(2);
    assertThat(groupOffsets()).isEmpty();

    // Then one of another length is refused
    try (JavaProcess other = start("digits", "--replay", "4")) {
      assertThat(other.exitCode()).as(other.log()).isEqualTo(2);
      assertThat(other.log())
          .contains("error: the model is in pass 2 of a replay of 3: go on with --replay 3")
          .doesNotContain("\tat ");
    }

    // And without one, its pass is the last
    end(start("digits", "--until", "steps=8"), 0);
    Manifest left = trainers.state("digits");
    assertThat(left.nextPosition()).isEqualTo(BATCH * 4);
    assertThat(replay(left).over()).isTrue();
    assertThat(groupOffsets()).hasSize(4);
  }

  @Test
  void imagesThatRetentionTakesFromAReplayEndItUnlessTheyMayBeSkipped() throws Exception {
    // Given a replay that was stopped in its first pass, and then images were deleted
    stream.produce(0, BATCH * 4);
    end(start("digits", "--replay", "2", "--until", "steps=3"), 0);
    deleteBefore(BATCH - 8);

    // Then it ends where they are missing
    try (JavaProcess failed = start("digits", "--replay", "2")) {
      assertThat(failed.exitCode()).as(failed.log()).isEqualTo(1);
      assertThat(failed.log())
          .contains("error: images of the replay are gone")
          .doesNotContain("\tat ");
    }

    // And goes on without them if that is asked for
    end(start("digits", "--replay", "2", "--on-missing-offsets", "skip"), 0);
    assertThat(trainers.state("digits").imagesSeen()).isEqualTo(BATCH * 4);
    assertThat(replay(trainers.state("digits")).over()).isTrue();
  }

  @Test
  void anEmptyTopicEndsAReplayAtOnce() {
    try (JavaProcess trainer = start("digits", "--replay", "3")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
      assertThat(trainer.log()).contains("Nothing to replay: the topic is empty");
    }
  }

  /** Evaluations are of no matter here. */
  private JavaProcess start(String model, String... options) {
    List<String> all = new ArrayList<>(List.of("--evaluate-every=0s"));
    all.addAll(List.of(options));
    return trainers.start(model, all.toArray(String[]::new));
  }

  private JavaProcess startKillable(String stateEvery) {
    return start("killed", "--threads", "1", "--replay", "2", "--state-every", stateEvery);
  }

  private static void end(JavaProcess trainer, int code) {
    try (trainer) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(code);
    }
  }

  private static Replay replay(Manifest manifest) {
    return Objects.requireNonNull(manifest.replay());
  }

  /** Whether the pass has begun, and much of it is left. */
  private static boolean inPass(Manifest state) {
    return state.nextPosition() > 0 && state.nextPosition() < BATCH * 25;
  }

  /** Offsets are positions / 4 here, since no transaction leaves markers. */
  private static SortedMap<Integer, Long> ends() {
    return offsets(42, 42, 42, 42);
  }

  private static SortedMap<Integer, Long> offsets(long... offsets) {
    SortedMap<Integer, Long> byPartition = new TreeMap<>();
    for (int i = 0; i < offsets.length; i++) {
      byPartition.put(i, offsets[i]);
    }
    return byPartition;
  }

  private void deleteBefore(long offset) throws Exception {
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    for (int i = 0; i < stream.topics().images().partitions(); i++) {
      before.put(
          new TopicPartition(stream.topics().images().name(), i),
          RecordsToDelete.beforeOffset(offset));
    }
    try (Admin admin = admin()) {
      admin.deleteRecords(before).all().get();
    }
  }

  private Map<TopicPartition, Long> groupOffsets() throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Admin admin = admin()) {
      admin
          .listConsumerGroupOffsets(stream.topics().prefix() + "trainer-digits")
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    }
    return offsets;
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", stream.bootstrapServers()));
  }
}
