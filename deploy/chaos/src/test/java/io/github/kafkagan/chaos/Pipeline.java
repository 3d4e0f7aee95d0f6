package io.github.kafkagan.chaos;

import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.producer.source.IdxFiles;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of a pipeline on one broker, whose stream goes on until it is told to end. */
final class Pipeline implements AutoCloseable {
  static final String MODEL = "digits";

  private static final int SET = 2_000;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private final Path data;
  private final Path logs;
  private final Kafka kafka;
  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Member producer;
  private final Member trainer;
  private final Member generator;

  private Pipeline(Path data, Path logs, String pace, Kafka kafka) {
    this.data = data;
    this.logs = logs;
    this.kafka = kafka;
    producer = member(Victim.PRODUCER, "256m", stream(pace));
    trainer = trainer(MODEL);
    generator = member(Victim.GENERATOR, "384m", List.of("--instance-id=one", "--http-port=0"));
  }

  /**
   * Starts the three processes; they need not be ready when this returns.
   *
   * @param kafka closed with the pipeline
   * @param data where images go
   * @param logs where the processes' output goes
   * @param pace the producer's option that says how fast the stream is
   */
  static Pipeline start(Kafka kafka, Path data, Path logs, String pace) throws IOException {
    IdxFiles.write(data.resolve("images"), SET, SIDE, SIDE, CLASSES);
    return new Pipeline(data, logs, pace, kafka);
  }

  private Member member(Victim who, String heap, List<String> options) {
    return member(who, who.label(), heap, options);
  }

  private Member member(Victim who, String log, String heap, List<String> options) {
    List<String> line = new ArrayList<>(options);
    line.add("--bootstrap-servers=" + kafka.bootstrapServers());
    return Member.start(who.label(), heap, logs.resolve(log + ".log"), line, client);
  }

  private List<String> stream(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--data-dir=" + data.resolve("images"));
    return options;
  }

  /** A trainer that a kill costs up to two seconds of training, and whose weights are exact. */
  Member trainer(String model, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--model=" + model, "--threads=1"));
    options.addAll(List.of("--checkpoint-every=1s", "--state-every=2s"));
    return member(Victim.TRAINER, "trainer-" + model, "512m", options);
  }

  /** Streams until so many images are in the topic. */
  void streamTo(long length) {
    try (Member last = member(Victim.PRODUCER, "256m", stream("--limit=" + length))) {
      last.awaitDone(Await.PATIENCE);
    }
  }

  Topics topics() {
    return topics;
  }

  Kafka kafka() {
    return kafka;
  }

  List<Member> members() {
    return List.of(producer, trainer, generator);
  }

  /** One of the processes that are not the broker. */
  Member member(Victim who) {
    return switch (who) {
      case PRODUCER -> producer;
      case TRAINER -> trainer;
      case GENERATOR -> generator;
      case BROKER -> throw new IllegalArgumentException("the broker is none of them");
    };
  }

  long pid(Victim who) {
    return who == Victim.BROKER ? kafka.pid() : member(who).pid();
  }

  /** SIGKILL. */
  void kill(Victim who) {
    if (who == Victim.BROKER) {
      kafka.kill();
    } else {
      member(who).kill();
    }
  }

  /** Starts again what was killed. */
  void restart(Victim who) {
    if (who == Victim.BROKER) {
      kafka.restart();
    } else {
      member(who).restart();
    }
  }

  /** As {@link Member#supervise}, of all. */
  void supervise() {
    members().forEach(Member::supervise);
  }

  @Override
  public void close() {
    members().forEach(Member::close);
    kafka.close();
  }
}
