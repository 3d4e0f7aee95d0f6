package io.github.kafkagan.bench.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Json;

/**
 * What a worker repeats.
 *
 * @param kind of work
 * @param preset to train, or whose generator it is
 * @param threads of PyTorch
 * @param bootstrapServers of the broker; empty where none is needed
 */
public record WorkerTask(Kind kind, String preset, int threads, String bootstrapServers) {
  /** Ways to train, or to make images. */
  public enum Kind {
    /** This project's step, fed from memory. */
    MEMORY,
    /** The same networks in a plain DJL loop, fed from memory. */
    PLAIN_DJL,
    /** The trainer's loop, fed by Kafka. */
    KAFKA,
    /** The same with checkpoints and evaluations, as often as by default. */
    KAFKA_DEFAULTS,
    /** A generator in batches of 64, without requests. */
    GENERATOR
  }

  String toArgument() {
    return new String(Json.bytes(this), UTF_8);
  }

  static WorkerTask of(String argument) {
    return Json.read(argument.getBytes(UTF_8), WorkerTask.class);
  }
}
