package io.github.kafkagan.generator.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CheckpointFeedTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServedModels models = TestManifests.none("digits");
  private final RolloutLog log = new RolloutLog(registry, models);
  private final List<String> built = Collections.synchronizedList(new ArrayList<>());
  private final GeneratorBuilder builder = new GeneratorBuilder(this::load, 1, models, log);
  private final Discriminators discriminators = new Discriminators(FakeScorer::load);
  private final CheckpointFeed feed = new CheckpointFeed(models, discriminators, builder, log);
  private long offset;

  private ImageGenerator load(CheckpointSet set) {
    built.add(set.manifest().model() + " " + set.manifest().version());
    return FakeGenerator.of(0);
  }

  @BeforeEach
  void start() {
    builder.start();
  }

  @AfterEach
  void close() {
    builder.close();
    models.close();
  }

  @Test
  void givenManyVersionsThenOnlyEachModelsNewestIsBuilt() {
    for (long version = 1; version <= 5; version++) {
      read(records(TestManifests.set("digits", version)));
    }
    read(records(TestManifests.set("faces", 7)));

    catchUp();

    assertThat(built).containsExactlyInAnyOrder("digits 5", "faces 7");
  }

  @Test
  void givenAnOlderSetThatCompactionBrokeThenThatIsNoMatter() {
    read(lastOf(records(TestManifests.set("digits", 1))));
    read(records(TestManifests.set("digits", 2)));

    catchUp();

    assertThat(built).containsExactly("digits 2");
    assertThat(count(SwapOutcome.BROKEN)).isZero();
  }

  @Test
  void givenTheNewestSetWithoutAChunkThenItIsReportedAndNotServed() {
    read(records(TestManifests.set("digits", 1)));
    catchUp();

    read(lastOf(records(TestManifests.set("digits", 2))));
    catchUp();

    assertThat(built).containsExactly("digits 1");
    assertThat(count(SwapOutcome.BROKEN)).isEqualTo(1);
    assertThat(models.manifest("digits").map(Manifest::version)).contains(1L);
  }

  @Test
  void givenAFlippedByteThenTheSetIsReportedAndNotServed() {
    List<ProducerRecord<byte[], byte[]>> records = records(TestManifests.set("digits", 1));
    records.get(0).value()[0] ^= 1;

    read(records);
    catchUp();

    assertThat(built).isEmpty();
    assertThat(count(SwapOutcome.BROKEN)).isEqualTo(1);
  }

  @Test
  void givenARecordThatIsNoneOfOursThenItIsReported() {
    read(List.of(new ProducerRecord<>("checkpoints", "hello".getBytes(UTF_8), new byte[1])));
    catchUp();

    assertThat(count(SwapOutcome.FOREIGN)).isEqualTo(1);
  }

  @Test
  void givenEverySlotThenItsNewestGoesWhereItBelongsAndUnknownSlotsArePassedOver() {
    for (String slot : List.of("history-1", "history-2", Slots.BEST, Slots.DISCRIMINATOR, "x")) {
      read(records(TestManifests.inSlot(slot, TestManifests.set("digits", 1))));
    }
    read(records(TestManifests.inSlot("history-2", TestManifests.set("digits", 2))));
    read(records(TestManifests.set("digits", 3)));

    catchUp();
    Await.until(() -> built.size() == 4);

    assertThat(models.loaded("digits")).extracting(Manifest::version).contains(3L);
    assertThat(models.best("digits").map(Manifest::version)).contains(1L);
    ServedGenerator generator =
        new ServedGenerator(TestManifests.set("digits", 3).manifest(), FakeGenerator.of(0));
    assertThat(discriminators.logits(generator, new byte[] {7, 0, 0, 0}, new int[0]))
        .containsExactly(FakeScorer.logit(new byte[] {7}));
    assertThat(built).containsExactly("digits 3", "digits 1", "digits 2", "digits 1");
  }

  private static List<ProducerRecord<byte[], byte[]>> records(CheckpointSet set) {
    return CheckpointRecords.of("checkpoints", set, 0);
  }

  private static <T> List<T> lastOf(List<T> records) {
    return records.subList(records.size() - 1, records.size());
  }

  private void read(List<ProducerRecord<byte[], byte[]>> records) {
    for (ProducerRecord<byte[], byte[]> record : records) {
      feed.accept(new ConsumerRecord<>(record.topic(), 0, offset++, record.key(), record.value()));
    }
  }

  private void catchUp() {
    feed.caughtUp();
    Await.until(builder::idle);
  }

  private double count(SwapOutcome outcome) {
    return registry
        .get(MetricNames.GENERATOR_SWAPS)
        .tag(MetricNames.OUTCOME, outcome.label())
        .counter()
        .count();
  }
}
