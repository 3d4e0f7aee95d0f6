package io.github.kafkagan.pipeline.observe;

/**
 * Names and labels of all metrics, as Micrometer has them. Prometheus shows them with underscores,
 * counters with {@code _total}, timers with {@code _seconds}: {@code gan.producer.images} is {@code
 * gan_producer_images_total}.
 */
public final class MetricNames {
  /** Counter: images in committed transactions. */
  public static final String PRODUCER_IMAGES = "gan.producer.images";

  /** Gauge: stream position of the next image. */
  public static final String PRODUCER_POSITION = "gan.producer.position";

  /** Gauge: phase of the schedule that the next image belongs to, from 1; 0 before the stream. */
  public static final String PRODUCER_PHASE = "gan.producer.phase";

  /** Gauge: 1 while the stream is held since it is too far ahead of a trainer, else 0. */
  public static final String PRODUCER_PAUSED = "gan.producer.paused";

  /** Counter: transactions that were aborted, and whose images were sent again. */
  public static final String PRODUCER_ABORTED = "gan.producer.aborted.transactions";

  /** Counter: images trained on. */
  public static final String TRAINER_IMAGES = "gan.trainer.images";

  /** Counter: generator steps. */
  public static final String TRAINER_STEPS = "gan.trainer.steps";

  /** Gauge per {@link #NETWORK}: loss of the newest step. */
  public static final String TRAINER_LOSS = "gan.trainer.loss";

  /** Gauge per {@link #SOURCE}: the discriminator's mean output as a probability, 0 to 1. */
  public static final String TRAINER_SCORE = "gan.trainer.score";

  /** Timer: one discriminator and one generator step. */
  public static final String TRAINER_STEP = "gan.trainer.step";

  /** Counter per {@link #SLOT} and {@link #OUTCOME}: checkpoints. */
  public static final String TRAINER_CHECKPOINTS = "gan.trainer.checkpoints";

  /** Counter per {@link #SLOT}: bytes of weights in the checkpoints that were published. */
  public static final String TRAINER_CHECKPOINT_BYTES = "gan.trainer.checkpoint.bytes";

  /** Timer per {@link #SLOT}: how long no step was taken, because of a checkpoint. */
  public static final String TRAINER_CHECKPOINT_PAUSE = "gan.trainer.checkpoint.pause";

  /** Counter: records that were no images of the right size and went to the rejected topic. */
  public static final String TRAINER_REJECTED = "gan.trainer.rejected";

  /** Counter: stream positions that retention had deleted before they were trained on. */
  public static final String TRAINER_MISSING = "gan.trainer.missing";

  /** Counter: records without a place in the stream, trained as they came. */
  public static final String TRAINER_UNORDERED = "gan.trainer.unordered";

  /** Gauge: pass of a replay that is being read, from 1; 0 while it is the stream. */
  public static final String TRAINER_REPLAY_PASS = "gan.trainer.replay.pass";

  /** Gauge: images in the topic that are not yet trained on; in a replay, not yet in its pass. */
  public static final String TRAINER_LAG = "gan.trainer.lag";

  /** Counter: events that could not be sent at once and were dropped, so as not to block a step. */
  public static final String TRAINER_EVENTS_DROPPED = "gan.trainer.events.dropped";

  /** Gauge per {@link #FIGURE}: what the newest evaluation found of the generator. */
  public static final String TRAINER_QUALITY = "gan.trainer.quality";

  /** Gauge per {@link #CLASS}: its share of the generated images, 0 to 1. */
  public static final String TRAINER_CLASS_SHARE = "gan.trainer.class.share";

  /** Gauge per {@link #CLASS}: images from its appearance in the stream until it is generated. */
  public static final String TRAINER_MODE_IMAGES = "gan.trainer.mode.images";

  /** Gauge per {@link #CLASS}: seconds from its appearance until it is generated. */
  public static final String TRAINER_MODE_DELAY = "gan.trainer.mode.delay.seconds";

  /** Timer: one slice of an evaluation, between two steps. */
  public static final String TRAINER_EVALUATION_SLICE = "gan.trainer.evaluation.slice";

  /** Counter per {@link #REASON} and {@link #ACTION}: collapses of training. */
  public static final String TRAINER_COLLAPSES = "gan.trainer.collapses";

  /** Counter per {@link #OUTCOME}: requests answered. */
  public static final String GENERATOR_REQUESTS = "gan.generator.requests";

  /** Counter: images generated. */
  public static final String GENERATOR_IMAGES = "gan.generator.images";

  /** Distribution: images per batch of the generator. */
  public static final String GENERATOR_BATCH_IMAGES = "gan.generator.batch.images";

  /** Timer: from a request's timestamp to its reply. */
  public static final String GENERATOR_LATENCY = "gan.generator.latency";

  /** Gauge per {@link #MODEL}: step of the checkpoint being served. */
  public static final String GENERATOR_CHECKPOINT_STEP = "gan.generator.checkpoint.step";

  /** Gauge per {@link #MODEL}: age of the newest image that the served checkpoint has seen. */
  public static final String GENERATOR_STALENESS = "gan.generator.staleness.seconds";

  /** Gauge per {@link #MODEL}: 1 while the newest checkpoint is not served for its quality. */
  public static final String GENERATOR_HELD_BACK = "gan.generator.held.back";

  /** Counter per {@link #OUTCOME}: attempts to replace the generator being served. */
  public static final String GENERATOR_SWAPS = "gan.generator.swaps";

  /** Counter: stream threads that died and were replaced. */
  public static final String GENERATOR_THREADS_REPLACED = "gan.generator.threads.replaced";

  /** Counter per {@link #OUTCOME}: requests for images that came over HTTP. */
  public static final String GENERATOR_HTTP_REQUESTS = "gan.generator.http.requests";

  /** Gauge: browsers and others that follow training over HTTP. */
  public static final String GENERATOR_PAGE_FOLLOWERS = "gan.generator.page.followers";

  /** Counter per {@link #TOPIC}: records that the page does not show, being none of its topic. */
  public static final String GENERATOR_PAGE_FOREIGN = "gan.generator.page.foreign";

  public static final String NETWORK = "network";
  public static final String SOURCE = "source";
  public static final String SLOT = "slot";
  public static final String OUTCOME = "outcome";
  public static final String MODEL = "model";
  public static final String FIGURE = "figure";
  public static final String CLASS = "class";
  public static final String REASON = "reason";
  public static final String ACTION = "action";
  public static final String TOPIC = "topic";

  private MetricNames() {}
}
