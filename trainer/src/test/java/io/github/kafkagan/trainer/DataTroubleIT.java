package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Rejection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What strangers, retention and operators do to the images topic, on a real broker. */
@ExtendWith(OnOneBroker.class)
class DataTroubleIT {
  private static final int BATCH = 64;
  private static final int PARTITIONS = 4;

  /** Brokers refuse what is more than an hour ahead. */
  private static final long AHEAD_MS = 1_800_000;

  private final TestTrainers trainers;
  private final TestStream stream;
  private final String topic;

  DataTroubleIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
    topic = stream.topics().images().name();
  }

  @BeforeEach
  void createTopic() throws Exception {
    stream.create(stream.topics().images());
  }

  @Test
  void whatStrangersWriteIsTrainedOnOrKeptAsideAndCostsNoImageItsTraining() throws Exception {
    // Given records of strangers among images: too large to be kept, with a label without end, from
    // the future, and with keys that look like positions
    long now = System.currentTimeMillis();
    try (Producer<byte[], byte[]> stranger = stream.producer()) {
      stranger.send(new ProducerRecord<>(topic, 0, null, new byte[1_000_000])).get();
      ProducerRecord<byte[], byte[]> endless = image(1, null, null);
      endless.headers().add(ImageRecord.LABEL, new byte[900_000]);
      stranger.send(endless).get();
      stranger.send(image(2, now + AHEAD_MS, null)).get();
      stranger.send(image(3, null, ImageRecord.key(now / PARTITIONS * PARTITIONS + 3))).get();
      stranger.send(image(0, null, ImageRecord.key(4_000))).get();
    }
    int strangers = 3;
    stream.produce(0, BATCH * 3 - strangers);

    // When a trainer comes
    try (JavaProcess trainer = start()) {
      Manifest manifest = trainers.awaitImages("digits", BATCH * 3);

      // Then it has trained on every image, and on what strangers wrote if it is an image
      assertThat(manifest.nextPosition()).isEqualTo(BATCH * 3 - strangers);
      assertThat(manifest.newestImageTimestamp()).isBetween(now, System.currentTimeMillis());
      assertThat(metric(trainer, "gan_trainer_rejected_total")).isEqualTo(2);
      assertThat(metric(trainer, "gan_trainer_unordered_total")).isEqualTo(strangers + 2);
      assertThat(rejection("label must be a number").key()).isNull();
      assertThat(rejection("this has 1000000; its 1000000 bytes are left out").value()).isNull();
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }
  }

  @Test
  void imagesThatRetentionDeletedEndTheRunUnlessTheyMayBeMissing() throws Exception {
    // Given a model that has trained on half of what was deleted then
    stream.produce(0, BATCH * 4);
    end(start("--until", "steps=2"), 0);
    deleteBefore(BATCH * 3 / PARTITIONS);

    // Then it does not go on, and says why in one line
    try (JavaProcess failed = start()) {
      assertThat(failed.exitCode()).as(failed.log()).isEqualTo(1);
      assertThat(failed.log())
          .contains("error: images not yet trained on are gone from")
          .contains("--on-missing-offsets skip")
          .doesNotContain("\tat ");
    }

    // And if it may, it goes on with the oldest and counts those that are missing
    try (JavaProcess skipping = start("--on-missing-offsets", "skip")) {
      Manifest manifest = trainers.awaitImages("digits", BATCH * 3);
      assertThat(manifest.nextPosition()).isEqualTo(BATCH * 4);
      assertThat(metric(skipping, "gan_trainer_missing_total")).isEqualTo(BATCH);

      // And a topic that is emptied once all was trained on is no matter
      deleteBefore(BATCH * 4 / PARTITIONS);
      stream.produce(BATCH * 4, BATCH * 5);
      assertThat(trainers.awaitImages("digits", BATCH * 4).nextPosition()).isEqualTo(BATCH * 5);
      assertThat(metric(skipping, "gan_trainer_missing_total")).isEqualTo(BATCH);
      assertThat(skipping.terminate()).as(skipping.log()).isZero();
    }
  }

  @Test
  void aTopicThatWasCreatedAgainIsTrainedOnFromItsBeginningIfImagesMayBeMissing() throws Exception {
    // Given a model whose topic was deleted and created again, and has as many images now
    stream.produce(0, BATCH * 2);
    end(start("--until", "steps=2"), 0);
    recreate();
    stream.produce(0, BATCH * 2);

    // When it goes on
    end(start("--on-missing-offsets", "skip", "--until", "steps=4"), 0);

    // Then it has trained on all that the new one has
    Manifest state = trainers.state("digits");
    assertThat(state.imagesSeen()).isEqualTo(BATCH * 4);
    assertThat(state.nextPosition()).isEqualTo(BATCH * 2);
  }

  @Test
  void aPartitionThatIsAddedEndsTheRunWithTheReason() throws Exception {
    stream.produce(0, BATCH);
    try (JavaProcess trainer = start("-X", "metadata.max.age.ms=500")) {
      trainers.awaitImages("digits", BATCH);

      try (Admin admin = admin()) {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(PARTITIONS + 1))).all().get();
      }

      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(1);
      assertThat(trainer.log())
          .contains("error: topic " + topic + " had 4 partitions and has 5 now")
          .doesNotContain("\tat ");
    }
  }

  /** Evaluations are of no matter here. */
  private JavaProcess start(String... options) {
    List<String> all = new ArrayList<>(List.of("--evaluate-every=0s"));
    all.addAll(List.of(options));
    return trainers.start("digits", all.toArray(String[]::new));
  }

  private static void end(JavaProcess trainer, int code) {
    try (trainer) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(code);
    }
  }

  private ProducerRecord<byte[], byte[]> image(
      int partition, @Nullable Long timestamp, byte @Nullable [] key) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, timestamp, key, new byte[TestStream.IMAGE_BYTES]);
    record.headers().add(ImageRecord.LABEL, ImageRecord.labelHeader(1));
    return record;
  }

  private ConsumerRecord<byte @Nullable [], byte @Nullable []> rejection(String reason) {
    return stream.await(
        stream.topics().rejected(),
        record -> TestTrainers.header(record, Rejection.REASON).contains(reason));
  }

  /** Of the trainer that was started last: all of a model write one log. */
  private static double metric(JavaProcess trainer, String name) throws Exception {
    String log = trainer.log();
    int ops = log.lastIndexOf("ops=") + "ops=".length();
    URI metrics = URI.create(log.substring(ops, log.indexOf(' ', ops)) + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private void deleteBefore(long offset) throws Exception {
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      before.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset));
    }
    try (Admin admin = admin()) {
      admin.deleteRecords(before).all().get();
    }
  }

  private void recreate() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    stream.create(stream.topics().images());
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", stream.bootstrapServers()));
  }
}
