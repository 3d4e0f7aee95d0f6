package io.github.kafkagan.bench.live;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.kafka.NewTopics;
import io.github.kafkagan.bench.process.EngineEnvironment;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.bench.process.OpsMetrics;
import io.github.kafkagan.bench.stream.StrokeImages;
import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.process.ServiceCommand;
import io.github.kafkagan.pipeline.contract.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker, and those of the pipeline's services that are started on it, as users start them. */
public final class LivePipeline implements AutoCloseable {
  private static final int IMAGES = 6_000;

  private final Places places;
  private final LocalBroker broker;
  private final List<LoggedProcess> processes = new ArrayList<>();

  /**
   * Where things are.
   *
   * @param home the project's folder
   * @param logs folder for what the processes say
   * @param data folder for the broker's data and for the images
   */
  public record Places(Path home, Path logs, Path data) {
    Path images() {
      return data.resolve("images");
    }

    /** Data of a pipeline of its own. */
    Places of(String pipeline) {
      return new Places(home, logs, data.resolve(pipeline));
    }
  }

  private LivePipeline(Places places, LocalBroker broker) {
    this.places = places;
    this.broker = broker;
  }

  /** Starts the broker, and draws the images that a producer will stream. */
  static LivePipeline start(Places places) throws IOException {
    StrokeImages.draw(IMAGES).writeDataset(Files.createDirectories(places.images()));
    LocalBroker broker =
        LocalBroker.start(Files.createDirectories(places.data().resolve("broker")));
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    NewTopics.create(broker.bootstrapServers(), List.of(topics.requests(), topics.replies()));
    return new LivePipeline(places, broker);
  }

  /** The topics that its services use. */
  Channel channel() {
    return new Channel(broker.bootstrapServers(), new Topics(Topics.DEFAULT_PREFIX));
  }

  /**
   * Starts a producer.
   *
   * @param perSecond images; 0 for as many as the broker takes
   */
  LoggedProcess producer(int perSecond, String... options) {
    List<String> line =
        new ArrayList<>(
            List.of("--data-dir=" + places.images(), "--rate=" + perSecond, "--ops-port=0"));
    line.addAll(List.of(options));
    return start("producer", "384m", line);
  }

  /**
   * Starts a trainer; gives its metrics.
   *
   * @param options beside the preset; all others are as by default
   */
  OpsMetrics trainer(String preset, String... options) {
    int port = FreePort.find();
    List<String> line = new ArrayList<>(List.of("--preset=" + preset, "--ops-port=" + port));
    line.addAll(List.of(options));
    start("trainer", "1g", line);
    return new OpsMetrics(URI.create("http://127.0.0.1:" + port));
  }

  /** Starts a generator service with all options as by default. */
  LoggedProcess generatorService() {
    return start("generator-service", "768m", List.of("--ops-port=0"));
  }

  /** Ends a process before the others. */
  void end(LoggedProcess process) {
    processes.remove(process);
    process.close();
  }

  /** Throws if a process has ended. */
  void requireAlive() {
    processes.forEach(LoggedProcess::requireAlive);
  }

  private LoggedProcess start(String module, String heap, List<String> options) {
    Map<String, String> environment = new HashMap<>(EngineEnvironment.waiting());
    // The page's default port may be in use here.
    environment.put("GAN_HTTP_PORT", "0");
    List<String> line = new ArrayList<>(options);
    line.add("--bootstrap-servers=" + broker.bootstrapServers());
    LoggedProcess process =
        LoggedProcess.start(
            places.home(), places.logs(), new ServiceCommand(module, heap, environment, line));
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
    broker.close();
  }
}
