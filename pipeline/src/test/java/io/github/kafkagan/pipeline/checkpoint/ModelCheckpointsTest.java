package io.github.kafkagan.pipeline.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelCheckpointsTest {
  private static final String TOPIC = "gan.trainer-state";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte @Nullable [], byte @Nullable []> consumer =
      new MockConsumer<>("none");
  private long end;

  @Test
  void givenAWholeSetThenTheSlotHoldsIt() {
    write(set(3));

    ModelCheckpoints held = read();

    assertThat(held.slot(Slots.STATE).undamaged()).isPresent();
    assertThat(held.slot(Slots.STATE).chunks()).isEqualTo(1);
    assertThat(held.newestVersion()).isEqualTo(3);
  }

  @Test
  void givenAManifestOfANewerFormatThenTheSlotIsNotTakenForThatOfBefore() {
    write(set(3));
    write("digits/state", "{\"format\":2,\"blocks\":[]}");

    NewestCheckpoint state = read().slot(Slots.STATE);

    assertThat(state.undamaged()).isEmpty();
    assertThat(state.damage())
        .hasValue(new NewestCheckpoint.Damage("format 2 is newer than this reader's 1", 0));
  }

  @Test
  void givenSomethingInAManifestsPlaceThenTheSlotIsNotTakenForEmpty() {
    write("digits/state", "hello");

    assertThat(read().slot(Slots.STATE).damage().orElseThrow().reason())
        .startsWith("unreadable manifest");
  }

  @Test
  void givenRecordsOfStrangersAndOfOtherModelsThenTheyAreOfNoMatter() {
    write(set(3));
    write("cats/state", "hello");
    write("hello", "hello");

    ModelCheckpoints held = read();

    assertThat(held.slot(Slots.STATE).undamaged()).isPresent();
    assertThat(held.slots()).hasSize(1);
  }

  private ModelCheckpoints read() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    return ModelCheckpoints.read(consumer, TOPIC, "digits");
  }

  private void write(CheckpointSet set) {
    for (ProducerRecord<byte[], byte[]> record : CheckpointRecords.of(TOPIC, set, 0)) {
      write(record.key(), record.value());
    }
  }

  private void write(String key, String value) {
    write(key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private void write(byte[] key, byte[] value) {
    long offset = end++;
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value)));
  }

  private static CheckpointSet set(long version) {
    byte[] bytes = {1, 2, 3};
    return new CheckpointSet(
        new Manifest(
            Manifest.FORMAT,
            "digits",
            Slots.STATE,
            version,
            "run",
            1,
            64,
            64,
            new TreeMap<>(),
            null,
            0,
            new IntNode(1),
            bytes.length,
            1,
            Sha256.of(bytes),
            new TreeMap<>(),
            new TreeMap<>(),
            0),
        bytes);
  }
}
