package io.github.kafkagan.generator;

import ai.djl.Device;
import io.github.kafkagan.gan.Backend;
import io.github.kafkagan.gan.Devices;
import io.github.kafkagan.generator.reply.ReplyPolicy;
import io.github.kafkagan.generator.rollout.GanGenerator;
import io.github.kafkagan.generator.rollout.GanScorer;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.generator.web.http.WebServer;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.pipeline.observe.OpsServer;
import io.github.kafkagan.pipeline.process.CommonOptions;
import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.TopicSetup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The service's command line. */
@Command(
    name = "generator-service",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves the newest generator of each model to whoever writes a request into a topic.",
      "",
      "A request is a JSON object such as {} or {\"count\": 4, \"labels\": [7]} in the requests topic;"
          + " its reply comes to the replies topic. New checkpoints are verified and take over"
          + " without a pause.",
      ""
    },
    footer = {
      "",
      "Every option is also an environment variable: --ops-port is GAN_OPS_PORT.",
      "Exit codes: 0 stopped, 1 failed, 2 wrong usage, 3 another process has this --instance-id."
    })
final class GeneratorServiceCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(GeneratorServiceCommand.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration BOOTSTRAP = Duration.ofSeconds(20);

  /** What replies promise; names as Kafka Streams has them. */
  enum Guarantee {
    exactly_once_v2,
    at_least_once
  }

  private final StopSignal stop;

  @Mixin private final CommonOptions common = new CommonOptions(9403);

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of the engine (default: a quarter of the cores, here ${DEFAULT-VALUE}).")
  private int threads = Backend.threadsBesideOthers();

  @Option(
      names = "--batch-images",
      paramLabel = "N",
      description =
          "Most images that are made at once, across requests (default: ${DEFAULT-VALUE}).")
  private int batchImages = 64;

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Longest that a request waits for others to share its batch (default: 25ms).")
  private Duration linger = Duration.ofMillis(25);

  @Option(
      names = "--serve",
      paramLabel = "WHICH",
      description =
          "${COMPLETION-CANDIDATES}: the newest checkpoint, the one with the best evaluation, or the"
              + " newest that is not much worse than the best (default: ${DEFAULT-VALUE}).")
  private Serving.Choice serve = Serving.Choice.latest;

  @Option(
      names = "--gate-factor",
      paramLabel = "X",
      description =
          "Of --serve gated: a new checkpoint is held back if its Fréchet distance is more than X"
              + " times the best one's (default: ${DEFAULT-VALUE}).")
  private double gateFactor = 1.5;

  @Option(
      names = "--loaded-checkpoints",
      paramLabel = "N",
      description =
          "How many of a model's newest checkpoints requests can choose from (default:"
              + " ${DEFAULT-VALUE}).")
  private int loadedCheckpoints = 8;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How long a request without a deadlineMs waits for a checkpoint that is not there yet"
              + " (default: 10s).")
  private Duration patience = Duration.ofSeconds(10);

  @Option(
      names = "--processing-guarantee",
      paramLabel = "GUARANTEE",
      description =
          "${COMPLETION-CANDIDATES}: whether a request gets one reply in spite of crashes, for"
              + " read_committed readers (default: ${DEFAULT-VALUE}).")
  private Guarantee guarantee = Guarantee.exactly_once_v2;

  @Option(
      names = "--instance-id",
      paramLabel = "NAME",
      description =
          "Which of several instances this is; the same after a restart, so that it takes up its"
              + " work at once (default: host name and --ops-port).")
  private @Nullable String instanceId;

  @Option(
      names = "--reply-topics",
      paramLabel = "REGEX",
      description =
          "Topics that a request's kafka_replyTopic header may name (default: all that begin with"
              + " the name of the replies topic). Other topics of the pipeline are never among them.")
  private @Nullable String replyTopics;

  @Mixin private final PageOptions page = new PageOptions();

  GeneratorServiceCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServiceSettings settings = common.check(this::settings);
    Device place = common.check(this::engine);
    common.check(() -> ReplyPolicy.of(settings.topics(), replyTopics));
    Optional<WebServer.Settings> http = common.check(page::settings);
    Topics topics = settings.topics();
    TopicSetup.ensure(
        common.kafka(),
        List.of(topics.checkpoints(), topics.requests(), topics.replies(), topics.rejected()));
    try (Metrics metrics = new Metrics();
        GeneratorService service =
            new GeneratorService(
                settings, GanGenerator.loader(place), GanScorer.loader(place), metrics);
        OpsServer ops =
            OpsServer.start(common.opsHost(), common.opsPort(), metrics, service::readiness)) {
      String url = http.map(service::openPage).orElse("none");
      log.atInfo()
          .addKeyValue("requests", topics.requests().name())
          .addKeyValue("replies", topics.replies().name())
          .addKeyValue("bootstrapServers", common.bootstrapServers())
          .addKeyValue("instance", settings.instanceId())
          .addKeyValue("guarantee", guarantee)
          .addKeyValue("engine", Backend.describe(place))
          .addKeyValue("page", url)
          .addKeyValue("ops", ops.url())
          .log("Generator service started");
      awaitBootstrap(service);
      service.serve();
      while (!stop.await(LOOK_EVERY)) {
        service.requireAlive();
      }
    }
    return ExitCode.DONE.code();
  }

  /** Requests wait in their topic until the checkpoints that are already there are served. */
  private void awaitBootstrap(GeneratorService service) throws InterruptedException {
    long deadline = System.nanoTime() + BOOTSTRAP.toNanos();
    while (!service.bootstrapped() && System.nanoTime() < deadline && !stop.await(LOOK_EVERY)) {
      service.requireAlive();
    }
  }

  private Device engine() {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, was " + threads);
    }
    Backend.useThreads(threads);
    return Devices.choose(device);
  }

  private ServiceSettings settings() {
    return new ServiceSettings(
        common.topics(),
        new ServedModels.Settings(
            common.model(), new Serving(serve, gateFactor), loadedCheckpoints),
        instanceId == null ? defaultInstanceId() : instanceId,
        guarantee == Guarantee.exactly_once_v2,
        new SamplerSettings(batchImages, linger, patience),
        replyTopics,
        common.kafka().replicationFactor(),
        common.clientProperties());
  }

  /** Unique on this host, and the same after a restart unless the port is not. */
  private String defaultInstanceId() {
    int port = common.opsPort();
    return hostName() + "-" + (port == 0 ? "pid" + ProcessHandle.current().pid() : port);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
