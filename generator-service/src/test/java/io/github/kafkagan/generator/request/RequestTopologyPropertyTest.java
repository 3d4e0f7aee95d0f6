package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.ReplyContract;
import io.github.kafkagan.pipeline.conformance.RandomRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** Whatever strangers send, each of their records gets exactly one answer. */
class RequestTopologyPropertyTest {
  private final ReplyContract contract = new ReplyContract();
  private final TestTopology topology = new TestTopology(Duration.ofMillis(20));
  private long sent;

  @AfterProperty
  void close() {
    topology.close();
  }

  @Provide
  Arbitrary<List<TestRecord<byte[], byte[]>>> requests() {
    return Combinators.combine(
            RandomHeaders.keys(),
            Arbitraries.frequencyOf(
                    Tuple.of(30, RandomRequests.anything()),
                    Tuple.of(1, Arbitraries.just(new byte[20_000])))
                .injectNull(0.02),
            RandomHeaders.headers())
        .as(
            (key, value, headers) ->
                new TestRecord<>(key, value, new RecordHeaders(headers), TestTopology.START))
        .list()
        .ofSize(20);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void eachRecordHasExactlyOneAnswer(
      @ForAll("requests") List<TestRecord<byte[], byte[]>> requests) {
    List<String> wanted = new ArrayList<>();
    for (TestRecord<byte[], byte[]> request : requests) {
      topology.send(request);
      wanted.add(Long.toString(sent++));
    }
    topology.awaitNothingPending();

    List<String> answered = new ArrayList<>();
    for (String topic : List.of("gan.replies", "gan.replies.mine")) {
      for (TestRecord<byte[], byte[]> reply : topology.records(topic)) {
        Map<String, String> headers = contract.require(reply.value(), reply.headers());
        answered.add(headers.getOrDefault("ce_id", "").replaceFirst("gan.requests-0-", ""));
        Statistics.collect(headers.get("ce_type"));
      }
    }
    for (TestRecord<byte[], byte[]> rejection : topology.records("gan.rejected")) {
      answered.add(TestTopology.header(rejection, "offset"));
      Statistics.collect("rejected");
    }
    assertThat(answered).containsExactlyInAnyOrderElementsOf(wanted);
    Statistics.coverage(
        coverage -> {
          coverage.check(ReplyContract.IMAGES).percentage(share -> share > 5);
          coverage.check(ReplyContract.ERROR).percentage(share -> share > 5);
          coverage.check("rejected").count(times -> times > 10);
        });
  }
}
