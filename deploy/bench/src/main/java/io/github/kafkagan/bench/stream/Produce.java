package io.github.kafkagan.bench.stream;

import io.github.kafkagan.bench.kafka.NewTopics;
import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.process.ServiceCommand;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.producer.publish.PublishSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * The producer as users start it, without a limit, against Kafka's own {@link ProducerPerformance}
 * with the same settings of its client, the same transactions and images that compress as well; and
 * {@link BareProducer} against the same, which is the limit.
 *
 * @param home the project's folder
 * @param logs folder for what the processes say
 */
public record Produce(Path home, Path logs, Rounds rounds) {
  private static final Target THAN_KAFKAS_OWN = Target.atLeast(0.9);
  static final int IMAGES = 6_000;

  private static final int IMAGE_BYTES = 784;
  private static final String HEAP = "384m";

  /** As long as the producer's. */
  static final int TRANSACTION_MS = 200;

  /** Of the topic's name: who writes it. */
  private static final Topics OURS = new Topics("producer.");

  private static final Topics THEIRS = new Topics("kafka.");
  private static final Topics BARE = new Topics("bare.");

  /**
   * Measures.
   *
   * @param folder for the broker's data and for the images
   */
  public List<Result> run(Path folder) throws IOException {
    StrokeImages images = StrokeImages.draw(IMAGES);
    Path dataset = Files.createDirectories(folder.resolve("images"));
    Path lines = folder.resolve("images.txt");
    images.writeDataset(dataset);
    images.writeLines(lines);
    try (LocalBroker broker =
        LocalBroker.start(Files.createDirectories(folder.resolve("broker")))) {
      String servers = broker.bootstrapServers();
      NewTopics.create(servers, List.of(OURS.images(), THEIRS.images(), BARE.images()));
      Writer ours = writer(servers, "producer", OURS.images(), producer(servers, dataset));
      Writer theirs =
          writer(
              servers,
              "ProducerPerformance",
              THEIRS.images(),
              performance(servers, lines, settings(folder)));
      Writer bare = writer(servers, "a bare loop", BARE.images(), bare(servers, folder));
      // Each turn starts its process, and warms it up.
      List<List<Double>> rates =
          Turns.take(
              List.of(ours::rate, theirs::rate, bare::rate), rounds.warmingUpFor(Duration.ZERO));
      Series our = new Series(ours.name(), rates.get(0));
      Series their = new Series(theirs.name(), rates.get(1));
      Series least = new Series(bare.name(), rates.get(2));
      return List.of(
          Outcome.of("produce", "images/s", our, their, THAN_KAFKAS_OWN),
          Finding.known(
              "produce", "MB/s", Series.of("", rates.get(0), rate -> rate * IMAGE_BYTES / 1e6)),
          Finding.known("a bare loop with the same records", "images/s", least),
          Finding.known("its share of ProducerPerformance", "×", least.over(their)));
    }
  }

  private Writer writer(String servers, String name, TopicDefinition topic, List<String> command) {
    return new Writer(name, servers, topic.name(), topic.partitions(), logs, command);
  }

  private List<String> producer(String servers, Path dataset) {
    ServiceCommand.requireBuilt(home, "producer");
    return new ServiceCommand(
            "producer",
            HEAP,
            Map.of(),
            List.of(
                "--bootstrap-servers=" + servers,
                "--topic-prefix=" + OURS.prefix(),
                "--data-dir=" + dataset,
                "--rate=0",
                "--ops-port=0"))
        .line(home);
  }

  private static List<String> performance(String servers, Path lines, Path settings) {
    return LoggedProcess.java(
        HEAP,
        ProducerPerformance.class.getName(),
        List.of(
            "--bootstrap-server=" + servers,
            "--topic=" + THEIRS.images().name(),
            "--num-records=" + Long.MAX_VALUE,
            "--throughput=-1",
            "--payload-file=" + lines,
            "--transactional-id=performance",
            "--transaction-duration-ms=" + TRANSACTION_MS,
            "--command-config=" + settings));
  }

  private static List<String> bare(String servers, Path folder) throws IOException {
    Properties properties = ours();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
    TopicDefinition topic = BARE.images();
    return LoggedProcess.java(
        HEAP,
        BareProducer.class.getName(),
        List.of(
            file(properties, folder.resolve("bare.properties")).toString(),
            topic.name(),
            Integer.toString(topic.partitions())));
  }

  private static Path settings(Path folder) throws IOException {
    return file(ours(), folder.resolve("performance.properties"));
  }

  /** The producer's settings of its client, but for its identity. */
  private static Properties ours() {
    Map<String, Object> ours =
        new PublishSettings(OURS.images().name(), Map.of(), Optional.empty()).producer();
    Properties properties = new Properties();
    properties.putAll(
        ours.entrySet().stream()
            .filter(setting -> !setting.getKey().equals(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
            .collect(Collectors.toMap(Map.Entry::getKey, setting -> "" + setting.getValue())));
    return properties;
  }

  private static Path file(Properties properties, Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }
}
