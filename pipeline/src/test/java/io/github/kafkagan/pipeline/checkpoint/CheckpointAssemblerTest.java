package io.github.kafkagan.pipeline.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointAssemblerTest {
  private static final String TOPIC = "gan.checkpoints";

  private final CheckpointAssembler assembler =
      new CheckpointAssembler(key -> key.slot().equals(Slots.LATEST), 10_000_000);

  @Test
  void putsTogetherWhatWasSent() {
    CheckpointSet sent = set(1, 2_000_000);

    Assembly last = accept(CheckpointRecords.of(TOPIC, sent, 0));

    assertThat(last).isInstanceOf(Assembly.Complete.class);
    CheckpointSet received = ((Assembly.Complete) last).set();
    assertThat(received.manifest()).isEqualTo(sent.manifest());
    assertThat(received.bytes()).isEqualTo(sent.bytes());
  }

  @Test
  void everyRecordFitsABrokerAtDefaults() {
    assertThat(CheckpointRecords.of(TOPIC, set(1, 2_000_000), 0))
        .hasSize(4)
        .allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(1_000_000));
  }

  @Test
  void oneFlippedBitBreaksTheSet() {
    List<ProducerRecord<byte[], byte[]>> records =
        CheckpointRecords.of(TOPIC, set(1, 1_000_000), 0);
    records.get(1).value()[7] ^= 1;

    assertThat(accept(records))
        .isInstanceOfSatisfying(
            Assembly.Broken.class, broken -> assertThat(broken.reason()).contains("sha256"));
  }

  @Test
  void aMissingChunkBreaksTheSetAndTheNextOneIsWhole() {
    List<ProducerRecord<byte[], byte[]>> records =
        CheckpointRecords.of(TOPIC, set(1, 1_000_000), 0);
    records.remove(0);

    assertThat(accept(records))
        .isInstanceOfSatisfying(
            Assembly.Broken.class,
            broken -> assertThat(broken.reason()).isEqualTo("chunk 0 of 2 is missing"));
    assertThat(accept(CheckpointRecords.of(TOPIC, set(2, 1_000_000), 2)))
        .isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void aSmallerCheckpointBuriesTheChunksOfALargerOne() {
    accept(CheckpointRecords.of(TOPIC, set(1, 3_000_000), 0));

    List<ProducerRecord<byte[], byte[]>> smaller = CheckpointRecords.of(TOPIC, set(2, 500_000), 4);

    assertThat(smaller).hasSize(5);
    assertThat(smaller.subList(1, 4)).allSatisfy(record -> assertThat(record.value()).isNull());
    assertThat(accept(smaller)).isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void anotherFormatIsRefused() {
    CheckpointSet set = set(1, 10);
    Manifest newer = manifest(set.bytes(), 1, Manifest.FORMAT + 1);

    assertThat(accept(CheckpointRecords.of(TOPIC, new CheckpointSet(newer, set.bytes()), 0)))
        .isInstanceOfSatisfying(
            Assembly.Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason())
                    .isEqualTo("format 2 is newer than this reader's 1"));
  }

  @Test
  void aNewerFormatIsKnownAsSuchHoweverLittleItHasInCommonWithThisOne() {
    Assembly manifest =
        accept("digits/latest", "{\"format\":7,\"weights\":{\"sha3\":\"\"}}".getBytes(UTF_8));

    assertThat(manifest)
        .isInstanceOfSatisfying(
            Assembly.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.key().model()).isEqualTo("digits");
              assertThat(unreadable.reason()).isEqualTo("format 7 is newer than this reader's 1");
            });
  }

  @Test
  void whatStandsInAManifestsPlaceIsNotTakenForNone() {
    for (String json :
        List.of(
            "{",
            "[]",
            "null",
            "{}",
            "{\"format\":1}",
            "{\"format\":-1,\"model\":\"digits\",\"slot\":\"latest\"}")) {
      assertThat(accept("digits/latest", json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(Assembly.Unreadable.class);
    }
  }

  @Test
  void absurdCountsAreRefusedWithoutReservingTheirMemory() {
    for (Manifest absurd :
        List.of(
            counting(Integer.MAX_VALUE, Long.MAX_VALUE),
            counting(Integer.MAX_VALUE, 0),
            counting(1, Long.MAX_VALUE))) {
      accept("digits/latest/0", new byte[10]);

      assertThat(accept("digits/latest", Json.bytes(absurd))).isInstanceOf(Assembly.Broken.class);
    }
  }

  @Test
  void chunksWithoutEndAreNotHeld() {
    List<Assembly> results = new ArrayList<>();
    for (int chunk = 0; chunk < 20; chunk++) {
      byte[] key = SlotKey.chunk("digits", Slots.LATEST, chunk).bytes();
      results.add(assembler.accept(received(new ProducerRecord<>(TOPIC, key, new byte[900_000]))));
    }

    assertThat(results).anyMatch(Assembly.Foreign.class::isInstance);
  }

  @Test
  void chunksWithoutEndDoNotCostAnotherSetItsOwn() {
    CheckpointSet set = set(1, 3_000_000);
    List<ProducerRecord<byte[], byte[]>> records = CheckpointRecords.of(TOPIC, set, 0);
    List<Assembly> results = new ArrayList<>();

    for (int chunk = 0; chunk < records.size(); chunk++) {
      for (int i = 0; i < 7; i++) {
        results.add(accept("stranger/latest/" + (7 * chunk + i), new byte[900_000]));
      }
      results.add(accept(records.subList(chunk, chunk + 1)));
    }

    assertThat(results).hasAtLeastOneElementOfType(Assembly.Foreign.class);
    assertThat(results.get(results.size() - 1)).isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void tinyChunksAreCountedByWhatTheyTake() {
    assertThat(IntStream.range(0, 200_000))
        .anyMatch(chunk -> isGivenUp("m/latest/" + chunk))
        .anyMatch(chunk -> isGivenUp("m" + chunk + "/latest/0"));
  }

  private boolean isGivenUp(String key) {
    return accept(key, new byte[0]) instanceof Assembly.Foreign;
  }

  @Test
  void foreignRecordsAreNamedAsSuch() {
    assertThat(assembler.accept(received(new ProducerRecord<>(TOPIC, null, new byte[] {1}))))
        .isInstanceOf(Assembly.Foreign.class);
    assertThat(
            assembler.accept(
                received(
                    new ProducerRecord<>(
                        TOPIC, "../../etc/passwd".getBytes(UTF_8), new byte[] {1}))))
        .isInstanceOf(Assembly.Foreign.class);
  }

  private Assembly accept(String key, byte[] value) {
    return assembler.accept(received(new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), value)));
  }

  private static Manifest counting(int chunks, long bytes) {
    ObjectNode manifest = (ObjectNode) Json.tree(manifest(new byte[10], 1, Manifest.FORMAT));
    return Json.value(manifest.put("chunks", chunks).put("bytes", bytes), Manifest.class);
  }

  private Assembly accept(List<ProducerRecord<byte[], byte[]>> records) {
    Assembly last = new Assembly.Pending();
    for (ProducerRecord<byte[], byte[]> record : records) {
      last = assembler.accept(received(record));
    }
    return last;
  }

  private static ConsumerRecord<byte @Nullable [], byte @Nullable []> received(
      ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
  }

  private static CheckpointSet set(long version, int bytes) {
    byte[] weights = new byte[bytes];
    new Random(version).nextBytes(weights);
    return new CheckpointSet(manifest(weights, version, Manifest.FORMAT), weights);
  }

  private static Manifest manifest(byte[] weights, long version, int format) {
    return new Manifest(
        format,
        "digits",
        Slots.LATEST,
        version,
        "run",
        100 * version,
        6400 * version,
        6400 * version,
        new TreeMap<>(Map.of(0, 12L, 1, 13L)),
        null,
        1790000000000L,
        JsonNodeFactory.instance.objectNode().put("layers", 3),
        weights.length,
        CheckpointRecords.chunks(weights.length),
        Sha256.of(weights),
        new TreeMap<>(),
        new TreeMap<>(Map.of("threads", "2")),
        1790000000001L);
  }
}
