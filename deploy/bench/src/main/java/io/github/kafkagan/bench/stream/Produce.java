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
 * with the same settings of its client, the same transactions and images that compress as well.
 *
 * @param home the project's folder
 * @param logs folder for what the processes say
 */
public record Produce(Path home, Path logs, Rounds rounds) {
  private static final Target THAN_KAFKAS_OWN = Target.atLeast(0.9);
  private static final int IMAGES = 6_000;
  private static final int IMAGE_BYTES = 784;
  private static final String HEAP = "384m";

  /** As long as the producer's. */
  private static final int TRANSACTION_MS = 200;

  /** Of the topic's name: who writes it. */
  private static final Topics OURS = new Topics("producer.");

  private static final Topics THEIRS = new Topics("kafka.");

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
      NewTopics.create(servers, List.of(OURS.images(), THEIRS.images()));
      Writer ours = writer(servers, "producer", OURS.images(), producer(servers, dataset));
      Writer theirs =
          writer(
              servers,
              "ProducerPerformance",
              THEIRS.images(),
              performance(servers, lines, settings(folder)));
      // Each turn starts its process, and warms it up.
      List<List<Double>> rates =
          Turns.take(List.of(ours::rate, theirs::rate), rounds.warmingUpFor(Duration.ZERO));
      Series our = new Series(ours.name(), rates.get(0));
      Series their = new Series(theirs.name(), rates.get(1));
      return List.of(
          Outcome.of("produce", "images/s", our, their, THAN_KAFKAS_OWN),
          Finding.known(
              "produce", "MB/s", Series.of("", rates.get(0), rate -> rate * IMAGE_BYTES / 1e6)));
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

  /** The producer's settings of its client, but for its identity. */
  private static Path settings(Path folder) throws IOException {
    Map<String, Object> ours =
        new PublishSettings(OURS.images().name(), Map.of(), Optional.empty()).producer();
    Properties properties = new Properties();
    properties.putAll(
        ours.entrySet().stream()
            .filter(setting -> !setting.getKey().equals(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
            .collect(Collectors.toMap(Map.Entry::getKey, setting -> "" + setting.getValue())));
    Path file = folder.resolve("performance.properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }
}
