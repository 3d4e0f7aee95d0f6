package io.github.kafkagan.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LocalBrokerIT {
  private static final String TOPIC = "words";

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  Path dataDir;

  @Test
  void keepsWhatWasCommittedAcrossACleanRestartAndACrash() throws Exception {
    // Given a broker with one committed word
    int port;
    try (LocalBroker broker = LocalBroker.start(dataDir)) {
      port = broker.port();
      createTopic(broker);
      commit(broker, "one");
      assertThat(read(broker, 1)).containsExactly("one");
    }

    // When it comes back on the same port and folder, takes another word and is killed
    try (LocalBroker broker = LocalBroker.start(dataDir, port)) {
      assertThat(broker.port()).isEqualTo(port);
      commit(broker, "two"); // Committed, but its markers may not be written yet
      long pid = broker.pid();
      broker.kill();
      assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    // Then a third start has both
    try (LocalBroker broker = LocalBroker.start(dataDir)) {
      assertThat(broker.port()).isEqualTo(port);
      assertThat(read(broker, 2)).containsExactly("one", "two");
    }
  }

  @Test
  void aBrokerEndsWithTheProcessThatStartedItEvenWhenThatIsKilled() throws Exception {
    // Given a process that has started a broker and waits
    Path pidFile = dataDir.resolve("pid");
    Process parent =
        ChildProcess.start(
            List.of(
                ChildProcess.java(),
                StartsABroker.class.getName(),
                dataDir.resolve("data").toString(),
                pidFile.toString()),
            Map.of("CLASSPATH", System.getProperty("java.class.path")),
            dataDir.resolve("parent.log"));
    ProcessHandle broker = ProcessHandle.of(awaitPid(parent, pidFile)).orElseThrow();
    assertThat(broker.isAlive()).isTrue();

    // When that process gets no chance to clean up
    parent.destroyForcibly();

    // Then the broker stops by itself
    broker.onExit().get(60, TimeUnit.SECONDS);
    assertThat(broker.isAlive()).isFalse();
  }

  @Test
  void aPortInUseIsOneClearSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> LocalBroker.start(dataDir, port))
          .isInstanceOf(BrokerException.class)
          .hasMessage("Port " + port + " of 127.0.0.1 is in use");
    }
  }

  @Test
  void aBrokerThatDiesShowsTheEndOfItsLog() throws Exception {
    // Given a data folder that Kafka refuses
    Path log = Files.createDirectories(dataDir.resolve("log"));
    Files.writeString(log.resolve("meta.properties"), "version=99\n");

    assertThatThrownBy(() -> LocalBroker.start(dataDir))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("Kafka did not start; the end of ")
        .hasMessageContaining("meta.properties");
  }

  private static long awaitPid(Process parent, Path pidFile) throws Exception {
    while (!Files.exists(pidFile)) {
      assertThat(parent.waitFor(50, TimeUnit.MILLISECONDS)).as("parent ended early").isFalse();
    }
    return Long.parseLong(Files.readString(pidFile));
  }

  private static void createTopic(LocalBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void commit(LocalBroker broker, String word) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, word));
      producer.commitTransaction();
      assertThat(sent).isDone();
    }
  }

  private static List<String> read(LocalBroker broker, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    List<String> words = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (words.size() < count) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> words.add(record.value()));
      }
    }
    return words;
  }

  /** Starts a broker, writes its process id to a file and waits to be killed. */
  static final class StartsABroker {
    private StartsABroker() {}

    public static void main(String[] args) throws Exception {
      try (LocalBroker broker = LocalBroker.start(Path.of(args[0]))) {
        Path file = Path.of(args[1]);
        Path written = file.resolveSibling("pid.new");
        Files.write(written, Long.toString(broker.pid()).getBytes(UTF_8));
        Files.move(written, file);
        Thread.currentThread().join();
      }
    }
  }
}
