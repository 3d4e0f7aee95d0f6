package io.github.kafkagan.local;

import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.output.OutputFolder;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.local.process.ServiceCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts the three services against the demo's broker. */
final class Launcher {
  /**
   * PyTorch's threads otherwise spin while they wait, and take the cores that the other processes
   * need; Java cannot set this for itself.
   */
  private static final Map<String, String> WAIT_PASSIVELY = Map.of("OMP_WAIT_POLICY", "PASSIVE");

  /** Where people look first. */
  private static final int PAGE_PORT = 8080;

  private static final String PRODUCER = "producer";
  private static final String TRAINER = "trainer";
  private static final String GENERATOR = "generator-service";

  private final DemoSettings settings;
  private final OutputFolder folder;
  private final LocalBroker broker;
  private final PipelineFile file;
  private final Consumer<String> notices;

  Launcher(
      DemoSettings settings,
      OutputFolder folder,
      LocalBroker broker,
      PipelineFile file,
      Consumer<String> notices) {
    this.settings = settings;
    this.folder = folder;
    this.broker = broker;
    this.file = file;
    this.notices = notices;
  }

  /** Throws unless everything that will be started is there. */
  static void requireBuilt(Path home) {
    List.of(PRODUCER, TRAINER, GENERATOR)
        .forEach(module -> ServiceCommand.requireBuilt(home, module));
  }

  Service producer() throws IOException {
    Map<String, String> options = new HashMap<>(settings.producer());
    if (settings.images().isPresent() && !folder.resumed()) {
      // The limit counts what earlier runs have streamed; of a stream that goes on, its end is
      // open.
      options.put("--limit", Long.toString(settings.images().getAsLong()));
    }
    return start(PRODUCER, "384m", Map.of(), options);
  }

  Service trainer() throws IOException {
    Map<String, String> options = new HashMap<>(settings.trainer());
    // After hours the stream may be further ahead than its topic keeps; a demo goes on then.
    options.put("--on-missing-offsets", "skip");
    // The stream goes by what the trainer says, and it is but a few batches ahead.
    options.put("--log-every", "5");
    return start(TRAINER, "1g", WAIT_PASSIVELY, options);
  }

  Service generator() throws IOException {
    int port = FreePort.isFree(PAGE_PORT) ? PAGE_PORT : FreePort.find();
    file.page("http://127.0.0.1:" + port);
    return start(
        GENERATOR,
        "768m",
        WAIT_PASSIVELY,
        Map.of("--instance-id", "demo", "--http-port", Integer.toString(port)));
  }

  private Service start(
      String module, String heap, Map<String, String> environment, Map<String, String> options)
      throws IOException {
    int port = FreePort.find();
    List<String> line = new ArrayList<>();
    line.add("--bootstrap-servers=" + broker.bootstrapServers());
    line.add("--ops-port=" + port);
    line.add("--model=" + settings.model());
    line.addAll(DemoSettings.flags(options));
    ServiceCommand command = new ServiceCommand(module, heap, environment, line);
    URI ops = URI.create("http://127.0.0.1:" + port);
    return file.add(Service.start(command, settings.home(), ops, folder.log(module), notices));
  }
}
