package io.github.kafkagan.pipeline.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.conformance.Mutations;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Replay;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whatever records a checkpoint topic has, what comes of them is a whole checkpoint or a reason.
 */
class CheckpointFuzzTest {
  private static final byte[] WEIGHTS = {1, 2, 3, 4, 5, 6, 7, 8};

  @Provide
  Arbitrary<List<Tuple2<byte[], byte[]>>> records() {
    Arbitrary<byte[]> names =
        Arbitraries.of("m/latest", "m/latest/0", "m/latest/1", "m/latest/999999", "n/latest")
            .map(name -> name.getBytes(UTF_8));
    Arbitrary<byte[]> keys =
        Arbitraries.frequencyOf(Tuple.of(5, names), Tuple.of(1, Mutations.of(names)))
            .injectNull(0.02);
    Arbitrary<byte[]> manifest = Arbitraries.just(Json.bytes(manifest()));
    Arbitrary<byte[]> values =
        Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8})),
                Tuple.of(2, manifest),
                Tuple.of(4, Mutations.of(manifest)))
            .injectNull(0.1);
    return Combinators.combine(keys, values).as(Tuple::of).list().ofSize(5);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverComesIsWholeOrHasAReason(@ForAll("records") List<Tuple2<byte[], byte[]>> records) {
    CheckpointAssembler assembler = new CheckpointAssembler(key -> true, 2_000);
    for (Tuple2<byte[], byte[]> record : records) {
      Assembly result =
          assembler.accept(
              new ConsumerRecord<>("gan.checkpoints", 0, 0, record.get1(), record.get2()));

      String reason = "";
      if (result instanceof Assembly.Complete complete) {
        assertThat(Sha256.of(complete.set().bytes())).isEqualTo(complete.set().manifest().sha256());
      } else if (result instanceof Assembly.Broken broken) {
        reason = broken.reason();
      } else if (result instanceof Assembly.Unreadable unreadable) {
        reason = unreadable.reason();
      }
      assertThat(reason.lines().count()).isLessThanOrEqualTo(1);
    }
  }

  private static Manifest manifest() {
    return new Manifest(
        Manifest.FORMAT,
        "m",
        Slots.LATEST,
        7,
        "run",
        100,
        6_400,
        6_400,
        new TreeMap<>(Map.of(0, 12L, 1, 13L)),
        Replay.begin(2, new TreeMap<>(Map.of(0, 1L)), new TreeMap<>(Map.of(0, 9L))),
        1_790_000_000_000L,
        Json.tree(Map.of("layers", List.of())),
        WEIGHTS.length,
        2,
        Sha256.of(WEIGHTS),
        new TreeMap<>(Map.of("frechetDistance", 1.5)),
        new TreeMap<>(Map.of("threads", "2")),
        1_790_000_000_001L);
  }
}
