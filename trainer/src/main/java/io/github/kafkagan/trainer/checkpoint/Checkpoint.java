package io.github.kafkagan.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something to publish, copied out of the networks between two steps. */
sealed interface Checkpoint {
  /** Which of the model's checkpoints this is. */
  String slot();

  Snapshot snapshot();

  /** How far the networks had been trained. */
  Progress progress();

  /** Figures for the manifest, by name; none for what no evaluation judges. */
  default SortedMap<String, Double> quality() {
    return new TreeMap<>();
  }

  /**
   * A generator to serve.
   *
   * @param slot {@link Slots#LATEST} or {@link Slots#BEST}
   * @param sheet its images of fixed latents, to be published with it
   */
  record Generator(
      String slot,
      Snapshot snapshot,
      Progress progress,
      SortedMap<String, Double> quality,
      Optional<Sheet> sheet)
      implements Checkpoint {}

  /**
   * What images are judged by.
   *
   * @param spec what it is
   */
  record Discriminator(Snapshot snapshot, JsonNode spec, Progress progress) implements Checkpoint {
    @Override
    public String slot() {
      return Slots.DISCRIMINATOR;
    }
  }

  /**
   * All that a trainer goes on from.
   *
   * @param slot {@link Slots#STATE} to resume, {@link Slots#BEST_STATE} to roll back to
   */
  record State(String slot, Snapshot snapshot, Progress progress, SortedMap<String, Double> quality)
      implements Checkpoint {}

  /**
   * What evaluations are made with.
   *
   * @param spec what it is
   */
  record Classifier(Snapshot snapshot, JsonNode spec, Progress progress) implements Checkpoint {
    @Override
    public String slot() {
      return Slots.CLASSIFIER;
    }
  }
}
