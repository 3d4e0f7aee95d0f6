package io.github.kafkagan.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.NewestCheckpoint;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private History history = new History(Map.of());
  private long version;

  @Test
  void slotsAreFilledInTurnAndThenTheOldestGivesWay() {
    for (long step = 0; step < 20; step += 2) {
      publish(step);
    }

    assertThat(history.manifests()).hasSize(8);
    assertThat(step("history-0")).isEqualTo(16);
    assertThat(step("history-1")).isEqualTo(18);
    assertThat(step("history-2")).isEqualTo(4);
    assertThat(step("history-7")).isEqualTo(14);
  }

  @Test
  void bothCopiesAreTheSameButForTheirSlot() {
    Manifest newest = manifest(Slots.LATEST, 5, 30);

    List<CheckpointSet> copies = history.copies(new CheckpointSet(newest, new byte[] {1}));

    assertThat(copies)
        .extracting(set -> set.manifest().slot())
        .containsExactly("latest", "history-0");
    assertThat(copies).extracting(CheckpointSet::bytes).containsOnly(new byte[] {1});
    assertThat(copies.get(0).manifest()).isEqualTo(newest);
    assertThat(copies.get(1).manifest().in(Slots.LATEST)).isEqualTo(newest);
  }

  @Test
  void aStepThatRunsAgainReplacesItself() {
    for (long step = 0; step < 10; step++) {
      publish(step);
    }
    publish(6);

    assertThat(step("history-6")).isEqualTo(6);
    assertThat(history.manifests().values()).extracting(Manifest::step).doesNotHaveDuplicates();

    // It is the newest now, and that of step 2 is the oldest
    publish(20);
    assertThat(step("history-2")).isEqualTo(20);
  }

  @Test
  void aTopicTellsWhatItIsAndADamagedSlotIsTheFirstToBeUsed() {
    Map<String, NewestCheckpoint> slots = new HashMap<>();
    for (int number = 0; number < Slots.HISTORY; number++) {
      Manifest manifest = manifest(Slots.history(number), 10 + number, number);
      slots.put(manifest.slot(), whole(manifest));
    }
    slots.put(Slots.LATEST, whole(manifest(Slots.LATEST, 17, 7)));
    slots.put(
        "history-5",
        new NewestCheckpoint(
            Objects.requireNonNull(slots.get("history-5")).complete(),
            Optional.of(new NewestCheckpoint.Damage("chunk 0 of 1 is missing", 1))));

    history = History.of(new ModelCheckpoints(slots, 50));
    version = 51;

    publish(30);
    publish(31);
    assertThat(step("history-5")).isEqualTo(30);
    assertThat(step("history-0")).isEqualTo(31);
  }

  @Test
  void whatIsNotOfAHistoryLeavesItAsItIs() {
    assertThat(history.with(manifest(Slots.STATE, 1, 1)).manifests()).isEmpty();
  }

  private void publish(long step) {
    CheckpointSet newest = new CheckpointSet(manifest(Slots.LATEST, step, version++), new byte[0]);
    for (CheckpointSet copy : history.copies(newest)) {
      history = history.with(copy.manifest());
    }
  }

  private long step(String slot) {
    return Objects.requireNonNull(history.manifests().get(slot), slot).step();
  }

  private static NewestCheckpoint whole(Manifest manifest) {
    return new NewestCheckpoint(
        Optional.of(new CheckpointSet(manifest, new byte[0])), Optional.empty());
  }

  private static Manifest manifest(String slot, long step, long version) {
    return new Manifest(
        Manifest.FORMAT,
        "digits",
        slot,
        version,
        "run",
        step,
        step * 64,
        step * 64,
        new TreeMap<>(),
        null,
        0,
        new IntNode(1),
        0,
        0,
        "",
        new TreeMap<>(),
        new TreeMap<>(),
        0);
  }
}
