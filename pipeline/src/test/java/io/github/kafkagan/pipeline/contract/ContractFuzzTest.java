package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.conformance.Mutations;
import io.github.kafkagan.pipeline.conformance.RandomRequests;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Whatever bytes come in a topic, reading them gives a value or the one error that is promised. */
class ContractFuzzTest {
  private static final int LONGEST_MESSAGE = 500;

  @Provide
  Arbitrary<byte[]> requests() {
    return RandomRequests.anything();
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
  }

  @Provide
  Arbitrary<byte[]> labels() {
    return Arbitraries.oneOf(
        Mutations.of(Arbitraries.integers().map(ImageRecord::labelHeader)),
        Arbitraries.strings().ofMaxLength(2_000).map(text -> text.getBytes(UTF_8)));
  }

  @Provide
  Arbitrary<byte[]> messages() {
    return Mutations.of(
        Arbitraries.of(
                List.<Object>of(
                    new TrainingEvent.Step("m", "r", 1, 2, 3, 4, 5, 6, 7, 8, 0.5, 0.5),
                    new TrainingEvent.Waiting("m", "r", 1, 2, 3, 4, 5),
                    new GenerationReply.Failure(
                        "a", new GenerationReply.Problem(ErrorCode.UNKNOWN_FIELD, "no"))))
            .map(Json::bytes));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void requestsAreReadOrAreAnError(@ForAll("requests") byte[] value) {
    try {
      assertThat(GenerationRequest.parse(value).count()).isBetween(1, GenerationRequest.MAX_COUNT);
    } catch (RequestException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
    }
    assertThat(GenerationRequest.idIn(value)).isNotNull();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void keysOfImagesArePositionsOrNone(@ForAll("bytes") byte[] key) {
    ImageRecord.position(key)
        .ifPresent(
            position -> {
              assertThat(position).isNotNegative();
              assertThat(ImageRecord.key(position)).isEqualTo(key);
            });
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void labelsOfImagesAreNumbersOrAnError(@ForAll("labels") byte[] value) {
    try {
      assertThat(ImageRecord.label(new RecordHeaders().add(ImageRecord.LABEL, value)).getAsInt())
          .isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void eventsAndRepliesAreReadOrAreAnError(@ForAll("messages") byte[] value) {
    try {
      assertThat(Json.read(value, TrainingEvent.class)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(GenerationReply.read(value)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
