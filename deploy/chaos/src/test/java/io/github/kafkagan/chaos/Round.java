package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline under load, for faults to happen to; at its end everything that was promised is looked
 * at.
 */
final class Round implements AutoCloseable {
  /** What a trainer with one thread keeps up with, beside the others on two cores. */
  static final String PACE = "--rate=100";

  private static final int REQUESTS_PER_SECOND = 20;
  static final int BATCH = 64;
  private static final String UNDISTURBED = "undisturbed";

  /** Of a trainer with one thread, on a machine that is slow; what it saves meanwhile included. */
  private static final Duration SLOW_STEP = Duration.ofMillis(500);

  private final ScratchFolder folder;
  private final Pipeline pipeline;
  private final PublishedCheckpoints published;
  private final RequestLoad load;
  private final Watch watch;

  private Round(
      ScratchFolder folder, Pipeline pipeline, PublishedCheckpoints published, RequestLoad load) {
    this.folder = folder;
    this.pipeline = pipeline;
    this.published = published;
    this.load = load;
    watch = new Watch(pipeline, published, load);
  }

  /**
   * Starts a pipeline on a broker; returns when images stream, are trained on, and requests are
   * answered.
   *
   * @param name of the round, after which the folder of its logs is called
   */
  static Round start(String name) throws IOException {
    ScratchFolder folder = ScratchFolder.create();
    return start(name, OneBroker.start(folder.path().resolve("kafka")), folder, PACE);
  }

  /**
   * Likewise, on any brokers.
   *
   * @param kafka closed with the round, and so is the folder
   * @param pace the producer's option that says how fast the stream is
   */
  static Round start(String name, Kafka kafka, ScratchFolder folder, String pace)
      throws IOException {
    Pipeline pipeline = Pipeline.start(kafka, folder.path(), Report.logs(name), pace);
    Member generator = pipeline.member(Victim.GENERATOR);
    Await.until(
        "a generator is served",
        () -> {
          pipeline.supervise();
          return generator.ops().isReady();
        });
    Round round =
        new Round(
            folder,
            pipeline,
            PublishedCheckpoints.follow(pipeline),
            RequestLoad.start(pipeline, REQUESTS_PER_SECOND));
    round.watch.awaitAllWork();
    return round;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  RequestLoad load() {
    return load;
  }

  Watch watch() {
    return watch;
  }

  /**
   * Ends the stream at a whole mini-batch, has all of it trained on and every request answered,
   * stops each process as a supervisor does, and checks that images, checkpoints and replies add
   * up.
   *
   * @return figures for a report
   */
  Outcome finish() {
    watch.awaitAllWork();
    Map<String, Double> shutdown = new TreeMap<>();
    stop(Victim.PRODUCER, shutdown);
    long length = (images().images() + BATCH - 1) / BATCH * BATCH;
    pipeline.streamTo(length);
    load.finish();
    Await.until(
        "all of the stream is trained on",
        () -> {
          pipeline.supervise();
          return published.imagesSeen() >= length;
        });
    stop(Victim.TRAINER, shutdown);
    stop(Victim.GENERATOR, shutdown);

    Accounts accounts = images();
    assertThat(accounts.images()).isEqualTo(length);
    Manifest end = state(Pipeline.MODEL);
    assertThat(end.imagesSeen()).isEqualTo(length);
    accounts.require(end);
    published.bySha256().values().forEach(accounts::require);
    assertThat(load.checkpoints())
        .as("generators that made images")
        .isNotEmpty()
        .isSubsetOf(published.bySha256().keySet());
    return new Outcome(
        length,
        end.step(),
        load.asked(),
        published.bySha256().size(),
        load.checkpoints().size(),
        ownEnds(),
        shutdown);
  }

  private void stop(Victim who, Map<String, Double> shutdown) {
    Duration took = pipeline.member(who).stop(0);
    shutdown.put(who.label(), took.toMillis() / 1000.0);
  }

  private Accounts images() {
    return Accounts.read(pipeline.kafka().bootstrapServers(), pipeline.topics().images());
  }

  /**
   * Trains another model on the same stream, to which nothing happens: its weights, moments and
   * counters are the same to the last bit.
   */
  void requireWeightsOfAnUndisturbedRun() {
    Manifest end = state(Pipeline.MODEL);
    try (Member trainer = pipeline.trainer(UNDISTURBED, "--until=images=" + end.imagesSeen())) {
      trainer.awaitDone(Await.PATIENCE.plus(SLOW_STEP.multipliedBy(end.step())));
    }
    Manifest calm = state(UNDISTURBED);
    assertThat(calm.step()).isEqualTo(end.step());
    assertThat(calm.sha256())
        .as("state after %d steps without faults, and with them", end.step())
        .isEqualTo(end.sha256());
  }

  private Manifest state(String model) {
    try (KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                pipeline.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return ModelCheckpoints.read(consumer, pipeline.topics().trainerState().name(), model)
          .slot(Slots.STATE)
          .complete()
          .orElseThrow()
          .manifest();
    }
  }

  private Map<String, Integer> ownEnds() {
    Map<String, Integer> ends = new TreeMap<>();
    for (Victim who : Victim.services()) {
      ends.put(who.label(), pipeline.member(who).ownEnds());
    }
    return ends;
  }

  @Override
  public void close() {
    load.close();
    published.close();
    pipeline.close();
    folder.close();
  }
}
