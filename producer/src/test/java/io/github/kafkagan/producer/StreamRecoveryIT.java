package io.github.kafkagan.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.producer.publish.ImagePublisher;
import io.github.kafkagan.producer.publish.PublishSettings;
import io.github.kafkagan.producer.publish.StreamStatus;
import io.github.kafkagan.producer.schedule.LabelFilter;
import io.github.kafkagan.producer.schedule.Pacer;
import io.github.kafkagan.producer.schedule.Phase;
import io.github.kafkagan.producer.schedule.ScheduledImage;
import io.github.kafkagan.producer.schedule.StreamPlan;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.github.kafkagan.producer.source.IdxFiles;
import io.github.kafkagan.producer.source.ImageSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a producer makes of the topic it finds, on a real broker. */
@Timeout(90)
class StreamRecoveryIT {
  private static final int PARTITIONS = 3;
  private static final int SET = 40;

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static LocalBroker broker;
  private static TestTopics topics;
  private static ImageSets images;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("broker"));
    topics = new TestTopics(clientProperties(), PARTITIONS);
    images = IdxFiles.readAlone(IdxFiles.write(folder.resolve("data"), SET, 5, 4, 4), "own");
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    broker.close();
  }

  @Test
  void recordsAreTheScheduledImagesWithTheirHeaders() throws Exception {
    String topic = topics.create("records.images");
    long before = System.currentTimeMillis();

    stream(topic, upTo(100));

    StreamSchedule schedule = new StreamSchedule(images, upTo(100), 0);
    for (ConsumerRecord<byte[], byte[]> record :
        CommittedImages.read(broker, topic).assertExactlyOnce(100).records()) {
      ScheduledImage image = schedule.imageAt(CommittedImages.position(record));
      assertThat(record.value()).isEqualTo(image.set().image(image.index()));
      assertThat(ImageRecord.label(record.headers())).isEqualTo(image.set().label(image.index()));
      assertThat(record.headers().lastHeader("dataset").value())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("own");
      assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void whereTheMarkIsLostTheImagesTellThePosition() throws Exception {
    // Given a stream without its mark, behind it aborted images and foreign records
    String topic = topics.create("scan.images");
    stream(topic, upTo(1000));
    topics.deleteMark(topic);
    try (KafkaProducer<byte[], byte[]> stranger = topics.stranger("scan-stranger")) {
      stranger.beginTransaction();
      topics.sendKeyed(stranger, topic, 600, 5000);
      stranger.flush();
      stranger.abortTransaction();
      stranger.beginTransaction();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        stranger.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})).get();
      }
      stranger.commitTransaction();
    }

    // When the stream goes on
    stream(topic, upTo(1300));

    // Then it went on where it was
    CommittedImages.read(broker, topic).assertExactlyOnce(1300);
  }

  @Test
  void aTopicOfWhichNothingIsLeftGoesOnBeyondAllItHeld() throws Exception {
    // Given a stream whose images were deleted, and whose mark is gone
    String topic = topics.create("deleted.images");
    stream(topic, upTo(500));
    topics.deleteMark(topic);
    topics.deleteRecords(topic);

    // When it goes on
    stream(topic, upTo(10_000));

    // Then no position is used a second time
    assertThat(CommittedImages.read(broker, topic).records())
        .isNotEmpty()
        .allMatch(record -> CommittedImages.position(record) >= 500);
  }

  @Test
  void aStrangersOpenTransactionDoesNotHideTheStream() throws Exception {
    // Given a stream in which a transaction is open that never ends
    String topic = topics.create("open.images");
    stream(topic, upTo(200));
    try (KafkaProducer<byte[], byte[]> stranger = topics.stranger("open-stranger")) {
      stranger.beginTransaction();
      topics.sendKeyed(stranger, topic, PARTITIONS, 0);
      stranger.flush();

      // When the stream goes on behind it, again and again
      stream(topic, upTo(400));
      stream(topic, upTo(600));
      stream(topic, upTo(800));

      stranger.abortTransaction();
    }

    // Then it always went on where it was
    CommittedImages.read(broker, topic).assertExactlyOnce(800);
  }

  @Test
  void foreignImagesAloneDoNotMoveTheStream() throws Exception {
    String topic = topics.create("foreign.images");
    try (KafkaProducer<byte[], byte[]> stranger = topics.stranger("foreign-stranger")) {
      stranger.beginTransaction();
      stranger.send(new ProducerRecord<>(topic, 1, null, new byte[] {1})).get();
      stranger.commitTransaction();
    }

    stream(topic, upTo(100));

    CommittedImages.read(broker, topic).assertExactlyOnce(100);
  }

  @Test
  void aTopicThatWasCreatedAgainBeginsAtZero() throws Exception {
    // Given a stream in a topic that was then deleted, and its mark, as if the broker had kept it
    String topic = topics.create("again.images");
    stream(topic, upTo(300));
    OffsetAndMetadata mark = topics.mark(topic);
    topics.delete(topic);
    topics.create(topic);
    topics.putMarkBack(topic, mark);

    // When the stream begins again
    stream(topic, upTo(100));

    // Then it begins at zero
    CommittedImages.read(broker, topic).assertExactlyOnce(100);
  }

  @Test
  void anotherScheduleGoesOnAtTheNextPosition() throws Exception {
    // Given a stream of labels 0 and 1
    String topic = topics.create("schedule.images");
    stream(topic, plan("0-1", 0, 0, 150));

    // When it goes on with two epochs of label 2, and again with the same
    StreamPlan other = plan("2", 0, 2, 0);
    stream(topic, other);
    stream(topic, other);

    // Then those two epochs stand behind what was there, and nothing else
    List<ConsumerRecord<byte[], byte[]>> records =
        CommittedImages.read(broker, topic).assertExactlyOnce(150 + 2 * SET / 4).records();
    assertThat(records)
        .allSatisfy(
            record -> {
              int label = ImageRecord.label(record.headers()).orElseThrow();
              if (CommittedImages.position(record) < 150) {
                assertThat(label).isIn(0, 1);
              } else {
                assertThat(label).isEqualTo(2);
              }
            });
  }

  @Test
  void aStreamWhosePartitionsChangedIsRefused() throws Exception {
    // Given a stream whose topic got another partition
    String topic = topics.create("wider.images");
    stream(topic, upTo(50));
    topics.widen(topic, PARTITIONS + 1);

    // Then it is refused, by its mark and where that is lost by its images
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> stream(topic, upTo(100)))
        .withMessageContaining("another number of partitions than its 4");
    topics.deleteMark(topic);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> stream(topic, upTo(100)))
        .withMessageContaining("another number of partitions than its 4");
  }

  private static StreamPlan upTo(long limit) {
    return plan("", 7, 0, limit);
  }

  private static StreamPlan plan(String labels, long seed, long epochs, long limit) {
    Phase phase = Phase.endless("own", new LabelFilter(labels));
    return new StreamPlan(List.of(phase), true, seed, epochs, limit);
  }

  private static void stream(String topic, StreamPlan plan) throws InterruptedException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    StopSignal stop = StopSignal.onTermination();
    try {
      new ImagePublisher(
              new PublishSettings(topic, clientProperties(), Optional.empty()),
              images,
              plan,
              new Pacer(Double.POSITIVE_INFINITY, System::nanoTime),
              new StreamStatus(registry),
              registry)
          .run(stop);
    } finally {
      stop.finish(0);
    }
  }

  private static Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
