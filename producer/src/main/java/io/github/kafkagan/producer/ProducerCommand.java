package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.pipeline.observe.OpsServer;
import io.github.kafkagan.pipeline.process.CommonOptions;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.TopicSetup;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.producer.publish.Following;
import io.github.kafkagan.producer.publish.ImagePublisher;
import io.github.kafkagan.producer.publish.PublishSettings;
import io.github.kafkagan.producer.publish.StreamStatus;
import io.github.kafkagan.producer.schedule.LabelFilter;
import io.github.kafkagan.producer.schedule.Pacer;
import io.github.kafkagan.producer.schedule.Phase;
import io.github.kafkagan.producer.schedule.PhaseParser;
import io.github.kafkagan.producer.schedule.StreamPlan;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.github.kafkagan.producer.source.ImageSets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads images and streams them into the images topic until the plan ends or the process is told to
 * stop.
 */
@Command(
    name = "producer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Streams images into the topic <prefix>images, each position of the stream exactly once.",
      "A producer that is stopped or killed goes on where the stream ended; a second one replaces the first."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  the stream is complete, or the process was told to stop",
      "  1  something broke; starting it again may help",
      "  2  an option or its value is wrong",
      "  3  another producer has taken over the topic; do not start this one again",
      "%nEvery option is also an environment variable: --shuffle-seed is GAN_SHUFFLE_SEED."
    })
final class ProducerCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ProducerCommand.class);
  private static final int OPS_PORT = 9401;

  private final StopSignal stop;

  @Mixin private final DatasetOptions images = new DatasetOptions();

  @Option(
      names = "--labels",
      paramLabel = "LIST",
      description = "Stream only images with these labels, such as 0-4,7 (default: all).")
  private String labels = "";

  @Option(
      names = "--schedule",
      paramLabel = "PHASES",
      description = {
        "Phases of a stream that changes, with 'then' between them, such as",
        "  \"labels=0-4 images=60000 then labels=all\"",
        "  \"dataset=mnist images=60000 then dataset=fashion-mnist\"",
        "Each says some of dataset=NAME (default: --dataset), labels=LIST (default: all) and "
            + "images=N, which only the last may leave out: it goes on until --epochs or --limit "
            + "ends it."
      })
  private String schedule = "";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the images, with --schedule over those of its last phase; 0 for endless "
              + "(default: ${DEFAULT-VALUE}).")
  private long epochs;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Total length of the stream in images, those of earlier runs included; 0 for endless "
              + "(default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Images per second; 0 for as fast as the broker takes them (default: 0).")
  private double rate;

  @Mixin private final FollowOptions follow = new FollowOptions();

  @Option(
      names = "--shuffle-seed",
      paramLabel = "N",
      description =
          "Chooses the order of images, another in each epoch (default: ${DEFAULT-VALUE}).")
  private long shuffleSeed;

  @Option(
      names = "--no-shuffle",
      description = "Stream the images in the order of their file, in every epoch.")
  private boolean unshuffled;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the images topic if it has to be created (default: ${DEFAULT-VALUE}).")
  private int partitions = 4;

  @Mixin private final CommonOptions common = new CommonOptions(OPS_PORT);

  ProducerCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    StreamPlan plan = common.check(this::plan);
    Pacer pacer =
        common.check(
            () -> new Pacer(rate == 0 ? Double.POSITIVE_INFINITY : rate, System::nanoTime));
    var topic = common.check(() -> common.topics().images(partitions));
    Optional<Following> following = common.check(() -> follow.following(common));
    var settings = new PublishSettings(topic.name(), common.clientProperties(), following);
    Callable<ImageSets> reader = images.reader(plan.datasets());
    try (Metrics metrics = new Metrics()) {
      var status = new StreamStatus(metrics.registry());
      try (OpsServer ops =
          OpsServer.start(common.opsHost(), common.opsPort(), metrics, status::readiness)) {
        log.atInfo()
            .addKeyValue("metrics", ops.url() + "/metrics")
            .addKeyValue("bootstrapServers", common.bootstrapServers())
            .log("Producer started");
        status.waiting("looking for the images");
        Optional<ImageSets> found = new StoppableTask<>(reader).run(stop);
        if (found.isPresent()) {
          requireSchedule(found.get(), plan);
          status.waiting("connecting to the broker");
          TopicSetup.ensure(common.kafka(), topics(topic, following));
          new ImagePublisher(settings, found.get(), plan, pacer, status, metrics.registry())
              .run(stop);
        }
        log.atInfo()
            .addKeyValue("images", status.images())
            .addKeyValue("position", status.position())
            .log(stop.requested() ? "Stopped" : "Stream is complete");
      }
    }
    return ExitCode.DONE.code();
  }

  private List<TopicDefinition> topics(TopicDefinition images, Optional<Following> following) {
    return following.isEmpty() ? List.of(images) : List.of(images, common.topics().training());
  }

  private StreamPlan plan() {
    return new StreamPlan(phases(), !unshuffled, shuffleSeed, epochs, limit);
  }

  private List<Phase> phases() {
    if (schedule.isEmpty()) {
      return List.of(Phase.endless(images.name(), new LabelFilter(labels)));
    }
    if (!labels.isEmpty()) {
      throw new IllegalArgumentException(
          "--labels goes into the phases of --schedule, as labels=" + labels);
    }
    return new PhaseParser(images.name()).parse(schedule);
  }

  /** Else a mistake in it would only be told once the broker answers. */
  private static void requireSchedule(ImageSets images, StreamPlan plan) {
    try {
      new StreamSchedule(images, plan, 0);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()));
    }
  }
}
