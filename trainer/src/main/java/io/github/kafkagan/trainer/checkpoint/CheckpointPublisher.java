package io.github.kafkagan.trainer.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Publishes checkpoints, each in one transaction. The newest generator goes with its copy in the
 * history and its contact sheet; a state with the consumer group's offsets, which tools that show
 * lag read. Used by one thread at a time.
 */
final class CheckpointPublisher {
  private final OwnedLog log;
  private final Topics topics;
  private final Run run;
  private final Map<String, Integer> chunks;
  private History history;
  private long nextVersion;

  CheckpointPublisher(OwnedLog log, Topics topics, Run run, ResumePoint resume) {
    this.log = log;
    this.topics = topics;
    this.run = run;
    chunks = new HashMap<>(resume.chunks());
    history = resume.history();
    nextVersion = resume.nextVersion();
  }

  /** Publishes the checkpoint; returns its manifest. */
  Manifest publish(Checkpoint checkpoint) {
    // Encode before the transaction begins: one that is held too long looks like a fencing.
    byte[] bytes = checkpoint.snapshot().encode();
    Manifest manifest = manifest(checkpoint, bytes);
    // Even if it fails: a commit whose answer was lost may have happened.
    nextVersion++;
    List<CheckpointSet> copies = copies(new CheckpointSet(manifest, bytes));
    List<ProducerRecord<byte[], byte[]>> records =
        new ArrayList<>(CheckpointRecords.of(topic(checkpoint).name(), copies, chunks));
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.of();
    if (checkpoint instanceof Checkpoint.Generator generator) {
      generator.sheet().ifPresent(sheet -> records.add(sample(sheet, generator.progress())));
    } else if (checkpoint.slot().equals(Slots.STATE)) {
      offsets = groupOffsets(checkpoint.progress().position());
    }
    log.commit(records, offsets);
    for (CheckpointSet copy : copies) {
      chunks.put(copy.manifest().slot(), copy.manifest().chunks());
      history = history.with(copy.manifest());
    }
    return manifest;
  }

  private List<CheckpointSet> copies(CheckpointSet set) {
    return set.manifest().slot().equals(Slots.LATEST) ? history.copies(set) : List.of(set);
  }

  private Manifest manifest(Checkpoint checkpoint, byte[] bytes) {
    Progress progress = checkpoint.progress();
    return new Manifest(
        Manifest.FORMAT,
        run.model(),
        checkpoint.slot(),
        nextVersion,
        run.id(),
        progress.step(),
        progress.imagesSeen(),
        progress.position().nextPosition(),
        progress.position().offsets(),
        progress.position().replay().orElse(null),
        progress.position().newestTimestamp(),
        spec(checkpoint),
        bytes.length,
        CheckpointRecords.chunks(bytes.length),
        Sha256.of(bytes),
        checkpoint.quality(),
        run.manifestOrigin(),
        System.currentTimeMillis());
  }

  /** Where it goes: services read networks to serve, and trainers alone what trainers need. */
  private TopicDefinition topic(Checkpoint checkpoint) {
    return checkpoint instanceof Checkpoint.Generator
            || checkpoint instanceof Checkpoint.Discriminator
        ? topics.checkpoints()
        : topics.trainerState();
  }

  /** What is needed besides the bytes. */
  private JsonNode spec(Checkpoint checkpoint) {
    if (checkpoint instanceof Checkpoint.Classifier classifier) {
      return classifier.spec();
    }
    if (checkpoint instanceof Checkpoint.Discriminator discriminator) {
      return discriminator.spec();
    }
    return checkpoint instanceof Checkpoint.State ? run.presetSpec() : run.generatorSpec();
  }

  private ProducerRecord<byte[], byte[]> sample(Sheet sheet, Progress progress) {
    ProducerRecord<byte[], byte[]> sample =
        new ProducerRecord<>(topics.samples().name(), run.model().getBytes(UTF_8), sheet.png());
    sample.headers().add(SampleRecord.step(progress.step()));
    sample.headers().add(SampleRecord.images(progress.imagesSeen()));
    return sample;
  }

  /**
   * None during a replay: the group then stays where the stream was left, since that is its lag.
   */
  private Map<TopicPartition, OffsetAndMetadata> groupOffsets(StreamPosition position) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    if (position.inReplay()) {
      return offsets;
    }
    position
        .offsets()
        .forEach(
            (partition, offset) ->
                offsets.put(
                    new TopicPartition(topics.images().name(), partition),
                    new OffsetAndMetadata(offset)));
    return offsets;
  }
}
