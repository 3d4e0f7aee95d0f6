package io.github.kafkagan.generator;

import io.github.kafkagan.generator.reply.ReplyPolicy;
import io.github.kafkagan.generator.reply.ReplyRouter;
import io.github.kafkagan.generator.reply.TopicDirectory;
import io.github.kafkagan.generator.request.Answering;
import io.github.kafkagan.generator.request.RequestMetrics;
import io.github.kafkagan.generator.request.RequestTopology;
import io.github.kafkagan.generator.rollout.Discriminators;
import io.github.kafkagan.generator.rollout.GeneratorLoader;
import io.github.kafkagan.generator.rollout.Rollout;
import io.github.kafkagan.generator.rollout.ScorerLoader;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.generator.sample.TurnTaking;
import io.github.kafkagan.generator.web.WebPage;
import io.github.kafkagan.generator.web.http.WebServer;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Metrics;
import io.github.kafkagan.pipeline.observe.Readiness;
import io.github.kafkagan.pipeline.process.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/** The parts of a running service, in the order in which data passes them. */
public final class GeneratorService implements AutoCloseable {
  /** All parts together close within 10 s also when no broker answers. */
  private static final Duration CLOSE = Duration.ofSeconds(5);

  /** There is nobody to hand partitions over to. */
  private static final Duration CLOSE_WITHOUT_BROKER = Duration.ofSeconds(1);

  private static final Duration ADMIN_CLOSE = Duration.ofMillis(500);

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final ServiceSettings settings;
  private final MeterRegistry registry;
  private final Admin admin;
  private final ServedModels models;
  private final Sampler sampler;
  private final Rollout rollout;
  private final ThreadFailures failures;
  private final KafkaStreams streams;

  /**
   * Starts reading checkpoints; requests are left to {@link #serve}.
   *
   * @param metrics owned by the caller
   */
  public GeneratorService(
      ServiceSettings settings, GeneratorLoader loader, ScorerLoader scorers, Metrics metrics) {
    this.settings = settings;
    registry = metrics.registry();
    Topics topics = settings.topics();
    admin = Admin.create(settings.clientProperties());
    closing.push(() -> admin.close(ADMIN_CLOSE));
    models = own(new ServedModels(settings.models()));
    Discriminators discriminators = own(new Discriminators(scorers));
    sampler = own(Sampler.start(settings.sampling(), models, discriminators, metrics.registry()));
    TurnTaking encoder = own(new TurnTaking("encoder"));
    ReplyRouter router =
        new ReplyRouter(
            ReplyPolicy.of(topics, settings.replyTopics()),
            new TopicDirectory(admin, StreamsSettings.MAX_REQUEST_BYTES));
    RequestTopology topology =
        new RequestTopology(
            topics.requests().name(),
            new Answering(
                topics.requests().name(), topics.rejected().name(), router, sampler, encoder::of),
            new RequestMetrics(metrics.registry()));
    failures = new ThreadFailures(metrics.registry());
    streams = streams(settings, topology);
    metrics.bind(new KafkaStreamsMetrics(streams));
    rollout =
        own(
            Rollout.start(
                new Rollout.Settings(
                    topics.checkpoints().name(),
                    settings.clientProperties(),
                    loader,
                    settings.sampling().batchImages()),
                models,
                discriminators,
                metrics.registry(),
                admin));
  }

  private KafkaStreams streams(ServiceSettings settings, RequestTopology topology) {
    StreamsSettings how = StreamsSettings.of(settings);
    KafkaStreams made = new KafkaStreams(topology.get(), how.properties(), how.clients());
    made.setUncaughtExceptionHandler(failures);
    closing.push(() -> close(made));
    return made;
  }

  /** Leaving the group hands the partitions over at once; a member that only stops keeps them. */
  private void close(KafkaStreams running) {
    running.close(
        CloseOptions.timeout(rollout.brokerAnswers() ? CLOSE : CLOSE_WITHOUT_BROKER)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  private <T extends AutoCloseable> T own(T part) {
    closing.push(
        () -> {
          try {
            part.close();
          } catch (Exception e) {
            throw new IllegalStateException("a part of the service refused to close", e);
          }
        });
    return part;
  }

  /** Whether the checkpoints that were there at the start are being served. */
  public boolean bootstrapped() {
    return rollout.bootstrapped();
  }

  /**
   * Serves the page and its API, until the service is closed.
   *
   * @return where it is
   * @throws UserError if its port is taken
   */
  public String openPage(WebServer.Settings page) {
    return own(WebPage.start(
            page,
            new WebPage.Sources(
                settings.topics(),
                settings.clientProperties(),
                admin,
                models,
                sampler,
                this::readiness,
                registry)))
        .url();
  }

  /** Begins to answer requests. */
  public void serve() {
    streams.start();
  }

  /**
   * Returns while the service can go on.
   *
   * @throws UserError if it cannot
   */
  public void requireAlive() {
    Optional<ThreadFailures.Fatal> fatal = failures.fatal();
    if (fatal.isPresent()) {
      throw new UserError(fatal.get().exitCode(), fatal.get().reason());
    }
    if (!sampler.isAlive() || !rollout.isAlive()) {
      throw UserError.failed("a thread of the service has died; the log says how");
    }
    if (streams.state() == KafkaStreams.State.ERROR) {
      throw UserError.failed("Kafka Streams has ended by an error; the log says which");
    }
  }

  /** Whether requests get images now. */
  public Readiness readiness() {
    KafkaStreams.State state = streams.state();
    if (rollout.problem().isPresent()) {
      return Readiness.notReady(rollout.problem().get());
    }
    if (state != KafkaStreams.State.RUNNING) {
      return Readiness.notReady("requests are not being read: Kafka Streams is " + state);
    }
    String model = models.defaultModel();
    return models
        .manifest(model)
        .map(served -> Readiness.ready("serving model %s, step %d".formatted(model, served.step())))
        .orElseGet(() -> Readiness.notReady(models.problem().orElse("the model is being loaded")));
  }

  /** Ends every part, the last one first. */
  @Override
  public void close() {
    closing.forEach(Runnable::run);
    closing.clear();
  }
}
