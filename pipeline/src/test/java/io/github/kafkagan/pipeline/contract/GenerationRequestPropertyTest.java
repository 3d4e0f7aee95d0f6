package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.conformance.ContractSchema;
import io.github.kafkagan.pipeline.conformance.RandomRequests;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever bytes come, they are a request or one error; and the schema is of the same opinion. */
class GenerationRequestPropertyTest {
  /** What a schema cannot say, or says otherwise: that 1.0 is whole, and what a character is. */
  private static final Set<ErrorCode> BEYOND_THE_SCHEMA =
      EnumSet.of(
          ErrorCode.LABEL_COUNT_MISMATCH,
          ErrorCode.LATENTS_MALFORMED,
          ErrorCode.WRONG_TYPE,
          ErrorCode.ID_TOO_LONG);

  private final ContractSchema schema = ContractSchema.request();

  @Provide
  Arbitrary<byte[]> anything() {
    return RandomRequests.anything();
  }

  @Example
  void aNumberBeyondADoubleIsNoFormatToTheSchemaEither() {
    assertThat(schema.problems("{\"format\": 1e400}".getBytes(UTF_8))).isNotEmpty();
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void anythingIsARequestOrAnErrorThatItsSenderCanRead(@ForAll("anything") byte[] value) {
    String outcome = "request";
    try {
      GenerationRequest.parse(value);
      assertThat(schema.problems(value)).isEmpty();
    } catch (RequestException e) {
      outcome = e.code().code();
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(500);
      assertThat(UTF_8.newEncoder().canEncode(e.getMessage())).isTrue();
      if (e.code() != ErrorCode.MALFORMED_JSON && !BEYOND_THE_SCHEMA.contains(e.code())) {
        assertThat(schema.problems(value)).isNotEmpty();
      }
    }
    assertThat(GenerationRequest.idIn(value).stream())
        .allMatch(id -> UTF_8.newEncoder().canEncode(id));
    Statistics.collect(outcome);
    Statistics.coverage(
        coverage -> {
          coverage.check("request").percentage(share -> share > 10);
          for (ErrorCode code :
              EnumSet.range(ErrorCode.MALFORMED_JSON, ErrorCode.DEADLINE_OUT_OF_RANGE)) {
            coverage.check(code.code()).count(times -> times > 0);
          }
        });
  }
}
