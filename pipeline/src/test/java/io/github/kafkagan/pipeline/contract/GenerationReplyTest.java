package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.GenerationReply.Failure;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.contract.GenerationReply.Problem;
import io.github.kafkagan.pipeline.contract.GenerationReply.Source;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GenerationReplyTest {
  @Test
  void givenImagesThenTheyReadBackAsWritten() {
    Images reply =
        new Images(
            "a1",
            "digits",
            new Source(12000, "ab", 768000, offsets(5, 7), 1790000000000L),
            List.of(),
            42L,
            null,
            0.8,
            List.of(7),
            List.of(1.5f),
            ImageFormat.PNG,
            List.of(28, 28, 1),
            List.of("aGk="));

    assertThat(new String(Json.bytes(reply), UTF_8))
        .isEqualTo(
            """
            {"id":"a1","model":"digits","checkpoint":{"step":12000,"sha256":"ab",\
            "imagesSeen":768000,"offsets":{"0":5,"1":7},"newestImageTimestamp":1790000000000},"seed":42,\
            "truncation":0.8,"labels":[7],"scores":[1.5],"format":"png","shape":[28,28,1],"images":["aGk="]}""");
    assertThat(GenerationReply.read(Json.bytes(reply))).isEqualTo(reply);
  }

  @Test
  void givenNoIdAndNoLabelsThenTheyAreAbsent() {
    Images reply =
        new Images(
            null,
            "faces",
            new Source(1, "ab", 2, offsets(), 3),
            List.of(),
            4L,
            null,
            1,
            List.of(),
            List.of(),
            ImageFormat.U8,
            List.of(1, 1, 1),
            List.of("AA=="));

    assertThat(new String(Json.bytes(reply), UTF_8)).doesNotContain("\"id\"", "labels");
    assertThat(GenerationReply.read(Json.bytes(reply))).isEqualTo(reply);
  }

  @Test
  void givenImagesOfSeveralCheckpointsBetweenTwoSeedsThenTheyReadBackAsWritten() {
    Images reply =
        new Images(
            null,
            "faces",
            null,
            List.of(new Source(1, "ab", 2, offsets(), 3), new Source(2, "cd", 4, offsets(9), 5)),
            null,
            new LatentChoice.Between(1, 2, 2),
            1,
            List.of(),
            List.of(),
            ImageFormat.U8,
            List.of(1, 1, 1),
            List.of("AA==", "AA==", "AA==", "AA=="));

    assertThat(new String(Json.bytes(reply), UTF_8))
        .contains(
            "\"checkpoints\":[{\"step\":1,", "\"interpolate\":{\"from\":1,\"to\":2,\"frames\":2}")
        .doesNotContain("\"checkpoint\":", "\"seed\"");
    assertThat(GenerationReply.read(Json.bytes(reply))).isEqualTo(reply);
  }

  @Test
  void givenAFailureThenItReadsBackAsWritten() {
    Failure reply = new Failure("a1", new Problem(ErrorCode.COUNT_OUT_OF_RANGE, "was -1"));

    assertThat(new String(Json.bytes(reply), UTF_8))
        .isEqualTo(
            """
            {"id":"a1","error":{"code":"count-out-of-range","message":"was -1"}}""");
    assertThat(GenerationReply.read(Json.bytes(reply))).isEqualTo(reply);
  }

  private static SortedMap<Integer, Long> offsets(long... offsets) {
    SortedMap<Integer, Long> byPartition = new TreeMap<>();
    for (long offset : offsets) {
      byPartition.put(byPartition.size(), offset);
    }
    return byPartition;
  }
}
