package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.GenerationReply.Failure;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.contract.GenerationReply.Problem;
import io.github.kafkagan.pipeline.contract.GenerationReply.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationReplyTest {
  @Test
  void givenImagesThenTheyReadBackAsWritten() {
    Images reply =
        new Images(
            "a1",
            "digits",
            new Source(12000, "ab", 768000, 1790000000000L),
            42,
            0.8,
            List.of(7),
            ImageFormat.PNG,
            List.of(28, 28, 1),
            List.of("aGk="));

    assertThat(new String(Json.bytes(reply), UTF_8))
        .isEqualTo(
            """
            {"id":"a1","model":"digits","checkpoint":{"step":12000,"sha256":"ab",\
            "imagesSeen":768000,"newestImageTimestamp":1790000000000},"seed":42,\
            "truncation":0.8,"labels":[7],"format":"png","shape":[28,28,1],"images":["aGk="]}""");
    assertThat(GenerationReply.read(Json.bytes(reply))).isEqualTo(reply);
  }

  @Test
  void givenNoIdAndNoLabelsThenTheyAreAbsent() {
    Images reply =
        new Images(
            null,
            "faces",
            new Source(1, "ab", 2, 3),
            4,
            1,
            List.of(),
            ImageFormat.U8,
            List.of(1, 1, 1),
            List.of("AA=="));

    assertThat(new String(Json.bytes(reply), UTF_8)).doesNotContain("\"id\"", "labels");
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
}
