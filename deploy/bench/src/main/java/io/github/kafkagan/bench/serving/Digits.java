package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.trainer.checkpoint.OwnedLog;
import io.github.kafkagan.trainer.client.TrainerClients;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Publishes checkpoints of the default preset's generator as its trainer does, though nobody has
 * trained it: speed does not depend on what it has learnt. Used by one thread at a time.
 */
final class Digits implements AutoCloseable {
  static final String MODEL = "digits";

  private static final int VARIANTS = 4;
  private static final int STEPS = 100;
  private static final int BATCH = 64;
  private static final String RUN = "bench";

  private final GeneratorSpec spec = Preset.named(MODEL).generatorSpec();
  private final List<byte[]> weights;
  private final OwnedLog log;
  private final String topic;
  private final String model;
  private int published;

  private Digits(Channel channel, String model) {
    this.model = model;
    // Made before anything is measured.
    weights =
        LongStream.rangeClosed(1, VARIANTS)
            .mapToObj(seed -> Generator.untrained(spec, seed).encode())
            .toList();
    Topics topics = channel.topics();
    topic = topics.checkpoints().name();
    log =
        OwnedLog.takeOver(
            TrainerClients.of(channel.clientProperties(), topics, model).ownedLog(),
            topics.trainerState().name(),
            model,
            RUN);
  }

  /** Takes the model over that is named as its preset. */
  static Digits open(Channel channel) {
    return open(channel, MODEL);
  }

  /** Takes a model over. */
  static Digits open(Channel channel, String model) {
    return new Digits(channel, model);
  }

  /** Publishes the next checkpoint, with other weights than the last; returns its training step. */
  long publish() {
    byte[] bytes = weights.get(published % VARIANTS);
    published++;
    Manifest manifest = manifest(published, bytes);
    log.commit(
        CheckpointRecords.of(topic, new CheckpointSet(manifest, bytes), manifest.chunks()),
        Map.of());
    return manifest.step();
  }

  private Manifest manifest(long version, byte[] bytes) {
    long step = version * STEPS;
    long now = System.currentTimeMillis();
    return new Manifest(
        Manifest.FORMAT,
        model,
        Slots.LATEST,
        version,
        RUN,
        step,
        step * BATCH,
        step * BATCH,
        new TreeMap<>(),
        null,
        now,
        Json.tree(spec),
        bytes.length,
        CheckpointRecords.chunks(bytes.length),
        Sha256.of(bytes),
        new TreeMap<>(),
        new TreeMap<>(),
        now);
  }

  @Override
  public void close() {
    log.close();
  }
}
