package io.github.kafkagan.local;

import io.github.kafkagan.broker.BrokerException;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.figures.Scraper;
import io.github.kafkagan.local.output.OutputFolder;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.local.samples.ImageRequests;
import io.github.kafkagan.local.samples.PipelineClient;
import io.github.kafkagan.local.samples.SampleSheets;
import io.github.kafkagan.local.view.Status;
import io.github.kafkagan.local.view.View;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the whole pipeline. */
final class Demo {
  private final DemoSettings settings;
  private final View view;

  Demo(DemoSettings settings, View view) {
    this.settings = settings;
    this.view = view;
  }

  /**
   * Starts everything, runs until the goal is reached or {@code stop} is requested, stops
   * everything: the resources below are closed in the reverse order, so that each process ends
   * before what it depends on.
   *
   * @throws UserError if a process cannot be started, or ends before it should
   */
  void run(StopSignal stop) throws IOException, InterruptedException {
    Launcher.requireBuilt(settings.home());
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    try (OutputFolder folder = OutputFolder.open(settings.output(), settings.keep());
        LocalBroker broker = startBroker(folder)) {
      PipelineFile file = new PipelineFile(folder, broker, settings);
      String servers = broker.bootstrapServers();
      Launcher launcher = new Launcher(settings, folder, broker, file, view::say);
      SampleSheets sheets = new SampleSheets(folder);
      view.say("Starting producer, trainer and generator service.");
      try (ImageRequests requests =
              new ImageRequests(servers, topics.requests().name(), settings.model(), folder);
          PipelineClient client = new PipelineClient(servers, topics, sheets, requests);
          Service generator = launcher.generator();
          Service trainer = launcher.trainer();
          Service producer = launcher.producer()) {
        Running running =
            new Running(broker, generator, trainer, producer, client, sheets, requests);
        Scraper scraper =
            new Scraper(producer.opsUrl(), trainer.opsUrl(), generator.opsUrl(), settings.model());
        Goal goal = new Goal(settings.images(), settings.duration());
        Outcome outcome =
            new Watch(goal, running, scraper, view, places(folder, file, running)).run(stop);
        tell(outcome, folder);
      }
    } catch (BrokerException e) {
      throw UserError.failed(String.valueOf(e.getMessage()));
    }
  }

  private void tell(Outcome outcome, OutputFolder folder) throws IOException {
    if (settings.json().isPresent()) {
      Files.writeString(settings.json().get(), outcome.json());
    }
    String trained =
        "%,d images trained in %d s"
            .formatted(outcome.figures().imagesTrained(), outcome.elapsed().toSeconds());
    Path picture = folder.path().resolve("latest.png");
    view.say(Files.exists(picture) ? trained + "; look at " + picture : trained);
  }

  private static List<Status.Place> places(
      OutputFolder folder, PipelineFile file, Running running) {
    List<Status.Place> places = new ArrayList<>();
    file.page().ifPresent(url -> places.add(new Status.Place("page", url)));
    places.add(new Status.Place("broker", running.broker().bootstrapServers()));
    for (Service service : List.of(running.producer(), running.trainer(), running.generator())) {
      places.add(new Status.Place(service.name(), service.opsUrl() + "/metrics"));
    }
    places.add(new Status.Place("pictures", folder.path().resolve("latest.png").toString()));
    places.add(new Status.Place("logs", folder.path().resolve("*.log").toString()));
    return places;
  }

  private LocalBroker startBroker(OutputFolder folder) {
    view.say(
        folder.resumed()
            ? "Starting Kafka on the data of the last run."
            : "Starting Kafka on a new data folder.");
    return LocalBroker.start(folder.kafka());
  }
}
