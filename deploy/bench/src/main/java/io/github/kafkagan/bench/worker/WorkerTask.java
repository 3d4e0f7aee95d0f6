package io.github.kafkagan.bench.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Topics;

/**
 * What a worker repeats.
 *
 * @param kind of work
 * @param preset to train, to read images for, or whose generator it is
 * @param threads of PyTorch
 * @param source of images
 */
public record WorkerTask(Kind kind, String preset, int threads, Source source) {
  /** Ways to train, to read images, or to make some. */
  public enum Kind {
    /** This project's step, fed from memory. */
    MEMORY,
    /** The same networks in a plain DJL loop, fed from memory. */
    PLAIN_DJL,
    /** The matrix products and updates of a step, and nothing between them. */
    ROOFLINE,
    /** The trainer's loop, fed by Kafka. */
    KAFKA,
    /** The same with checkpoints and evaluations, as often as by default. */
    KAFKA_DEFAULTS,
    /** The trainer's way from the topic to arrays, without training. */
    INGEST,
    /** The least that a way from the topic to arrays can be. */
    BARE_INGEST,
    /** Kafka's own tool, which reads and does nothing else. */
    CONSUMER_PERFORMANCE,
    /** A generator in batches of 64, without requests. */
    GENERATOR
  }

  /**
   * Where images come from.
   *
   * @param bootstrapServers of the broker; empty where none is needed
   * @param prefix of the topics' names
   * @param from the stream position to begin at
   * @param images in the topic
   */
  public record Source(String bootstrapServers, String prefix, long from, long images) {
    /** No topic. */
    public static final Source NONE = new Source("", Topics.DEFAULT_PREFIX, 0, 0);

    /** The images topic of a broker that has no other. */
    public static Source on(String bootstrapServers, long images) {
      return new Source(bootstrapServers, Topics.DEFAULT_PREFIX, 0, images);
    }

    Topics topics() {
      return new Topics(prefix);
    }
  }

  String toArgument() {
    return new String(Json.bytes(this), UTF_8);
  }

  static WorkerTask of(String argument) {
    return Json.read(argument.getBytes(UTF_8), WorkerTask.class);
  }
}
