package io.github.kafkagan.generator.rollout;

import static io.github.kafkagan.generator.rollout.SwapOutcome.BROKEN;

import io.github.kafkagan.pipeline.checkpoint.Assembly;
import io.github.kafkagan.pipeline.checkpoint.CheckpointAssembler;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * From the records of the checkpoints topic, in order, to the newest checkpoint in each slot. What
 * is older than that by the end of the topic is neither built nor reported: compaction takes the
 * chunks of older sets, so that a reader who is behind sees broken ones.
 */
final class CheckpointFeed {
  private static final long MAX_UNFINISHED_BYTES = 512L << 20;
  private static final Set<String> SERVED = Set.of(Slots.LATEST, Slots.BEST, Slots.DISCRIMINATOR);

  private final ServedModels models;
  private final Discriminators discriminators;
  private final GeneratorBuilder builder;
  private final RolloutLog log;
  private final CheckpointAssembler assembler =
      new CheckpointAssembler(key -> isServed(key.slot()), MAX_UNFINISHED_BYTES);
  private final Map<String, Assembly> newest = new LinkedHashMap<>();

  CheckpointFeed(
      ServedModels models,
      Discriminators discriminators,
      GeneratorBuilder builder,
      RolloutLog log) {
    this.models = models;
    this.discriminators = discriminators;
    this.builder = builder;
    this.log = log;
  }

  /** Takes the topic's next record. */
  void accept(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    Assembly assembly = assembler.accept(record);
    if (assembly instanceof Assembly.Complete complete) {
      note(complete.set().manifest(), complete);
    } else if (assembly instanceof Assembly.Broken broken) {
      note(broken.manifest(), broken);
    } else if (assembly instanceof Assembly.Unreadable unreadable) {
      newest.put(unreadable.key().model() + "/" + unreadable.key().slot(), unreadable);
    } else if (assembly instanceof Assembly.Foreign foreign) {
      log.foreign(record.offset(), foreign.reason());
    }
  }

  private void note(Manifest manifest, Assembly assembly) {
    models.announce(manifest.model());
    newest.put(manifest.model() + "/" + manifest.slot(), assembly);
  }

  private static boolean isServed(String slot) {
    return SERVED.contains(slot) || Slots.isHistory(slot);
  }

  /** There are no more records now. */
  void caughtUp() {
    List<CheckpointSet> generators = new ArrayList<>();
    for (Assembly assembly : newest.values()) {
      if (assembly instanceof Assembly.Broken broken) {
        log.refused(broken.manifest(), BROKEN, broken.reason());
      } else if (assembly instanceof Assembly.Unreadable unreadable) {
        log.unreadable(unreadable.key(), unreadable.reason());
      } else if (assembly instanceof Assembly.Complete complete) {
        CheckpointSet set = complete.set();
        if (set.manifest().slot().equals(Slots.DISCRIMINATOR)) {
          discriminators.offer(set);
        } else {
          generators.add(set);
        }
      }
    }
    // Together, so that the newest is built first, and its copy in the history not again.
    builder.offer(generators.toArray(CheckpointSet[]::new));
    newest.clear();
  }
}
