package io.github.kafkagan.generator.rollout;

import static io.github.kafkagan.generator.rollout.SwapOutcome.BROKEN;

import io.github.kafkagan.pipeline.checkpoint.Assembly;
import io.github.kafkagan.pipeline.checkpoint.CheckpointAssembler;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * From the records of the checkpoints topic, in order, to the newest checkpoint of each model. What
 * is older than that by the end of the topic is neither built nor reported: compaction takes the
 * chunks of older sets, so that a reader who is behind sees broken ones.
 */
final class CheckpointFeed {
  private static final long MAX_UNFINISHED_BYTES = 512L << 20;

  private final ServedModels models;
  private final GeneratorBuilder builder;
  private final RolloutLog log;
  private final CheckpointAssembler assembler =
      new CheckpointAssembler(key -> key.slot().equals(Slots.LATEST), MAX_UNFINISHED_BYTES);
  private final Map<String, Assembly> newest = new LinkedHashMap<>();

  CheckpointFeed(ServedModels models, GeneratorBuilder builder, RolloutLog log) {
    this.models = models;
    this.builder = builder;
    this.log = log;
  }

  /** Takes the topic's next record. */
  void accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    Assembly assembly = assembler.accept(record);
    if (assembly instanceof Assembly.Complete complete) {
      note(complete.set().manifest().model(), complete);
    } else if (assembly instanceof Assembly.Broken broken) {
      note(broken.manifest().model(), broken);
    } else if (assembly instanceof Assembly.Foreign foreign) {
      log.foreign(record.offset(), foreign.reason());
    }
  }

  private void note(String model, Assembly assembly) {
    models.announce(model);
    newest.put(model, assembly);
  }

  /** There are no more records now. */
  void caughtUp() {
    for (Assembly assembly : newest.values()) {
      if (assembly instanceof Assembly.Complete complete) {
        builder.offer(complete.set());
      } else if (assembly instanceof Assembly.Broken broken) {
        log.refused(broken.manifest(), BROKEN, broken.reason());
      }
    }
    newest.clear();
  }
}
