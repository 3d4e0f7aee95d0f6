package io.github.kafkagan.trainer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.IntNode;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.process.TopicSetup.Identity;
import io.github.kafkagan.pipeline.process.UserError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImagesTopicTest {
  private static final ImagesTopic NOW = topic("a", 4);

  @Test
  void aNewModelBeginsWhereItIs() {
    assertThat(NOW.resume(StreamPosition.beginning(), Optional.empty(), MissingOffsets.FAIL))
        .isEqualTo(StreamPosition.beginning());
  }

  @Test
  void theSameTopicIsGoneOnWith() {
    assertThat(resume(NOW, 7, MissingOffsets.FAIL).nextPosition()).isEqualTo(7);
  }

  @Test
  void aStateThatDoesNotSayItsTopicIsTrusted() {
    Manifest old = manifest(Map.of("threads", "2"));

    assertThat(topic("b", 5).resume(at(7), Optional.of(old), MissingOffsets.FAIL)).isEqualTo(at(7));
  }

  @Test
  void anotherTopicOfTheNameIsRefusedOrBegunWith() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resume(topic("b", 4), 7, MissingOffsets.FAIL))
        .withMessageContaining("topic gan.images was deleted and created again");

    StreamPosition begun = resume(topic("b", 4), 7, MissingOffsets.SKIP);
    assertThat(begun.offsets()).isEmpty();
    assertThat(begun.nextPosition()).isZero();
    assertThat(begun.newestTimestamp()).isEqualTo(99);
  }

  @Test
  void otherPartitionsAreRefusedIfThereIsAnOrderToLose() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resume(topic("a", 5), 7, MissingOffsets.SKIP))
        .withMessageContaining("topic gan.images had 4 partitions and has 5 now");

    assertThat(resume(topic("a", 5), 0, MissingOffsets.FAIL)).isEqualTo(at(0));
  }

  private static StreamPosition resume(ImagesTopic now, long position, MissingOffsets onMissing) {
    return now.resume(at(position), Optional.of(manifest(NOW.facts())), onMissing);
  }

  private static StreamPosition at(long position) {
    return new StreamPosition(new TreeMap<>(Map.of(0, 3L)), position, 99, Optional.empty());
  }

  private static ImagesTopic topic(String id, int partitions) {
    return new ImagesTopic("gan.images", new Identity(id, partitions));
  }

  private static Manifest manifest(Map<String, String> origin) {
    return new Manifest(
        Manifest.FORMAT,
        "digits",
        "state",
        1,
        "run",
        1,
        64,
        7,
        new TreeMap<>(),
        null,
        99,
        new IntNode(1),
        0,
        0,
        "",
        new TreeMap<>(),
        new TreeMap<>(origin),
        0);
  }
}
