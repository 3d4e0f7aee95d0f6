package io.github.kafkagan.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something to publish, copied out of the networks between two steps. */
sealed interface Checkpoint {
  /** How far the networks had been trained. */
  Progress progress();

  /** Figures for the manifest, by name. */
  SortedMap<String, Double> quality();

  /** Which of the model's checkpoints this is. */
  String slot();

  /** Its bytes. */
  byte[] encode();

  /**
   * A generator to serve.
   *
   * @param sheet its images of fixed latents
   */
  record Serving(
      Snapshot snapshot, Progress progress, SortedMap<String, Double> quality, Sheet sheet)
      implements Checkpoint {
    @Override
    public String slot() {
      return Slots.LATEST;
    }

    @Override
    public byte[] encode() {
      return snapshot.encode();
    }
  }

  /** The generator with the best evaluation. */
  record Best(Snapshot snapshot, Progress progress, SortedMap<String, Double> quality)
      implements Checkpoint {
    @Override
    public String slot() {
      return Slots.BEST;
    }

    @Override
    public byte[] encode() {
      return snapshot.encode();
    }
  }

  /** All that a trainer resumes from. */
  record State(Snapshot snapshot, Progress progress, SortedMap<String, Double> quality)
      implements Checkpoint {
    @Override
    public String slot() {
      return Slots.STATE;
    }

    @Override
    public byte[] encode() {
      return snapshot.encode();
    }
  }

  /** All that a trainer rolls back to. */
  record BestState(Snapshot snapshot, Progress progress, SortedMap<String, Double> quality)
      implements Checkpoint {
    @Override
    public String slot() {
      return Slots.BEST_STATE;
    }

    @Override
    public byte[] encode() {
      return snapshot.encode();
    }
  }

  /**
   * What evaluations are made with.
   *
   * @param bytes its weights
   * @param spec what it is
   */
  @SuppressWarnings("ArrayRecordComponent") // A hand-over to a publisher, never compared.
  record Classifier(byte[] bytes, JsonNode spec, Progress progress) implements Checkpoint {
    @Override
    public SortedMap<String, Double> quality() {
      return new TreeMap<>();
    }

    @Override
    public String slot() {
      return Slots.CLASSIFIER;
    }

    @Override
    public byte[] encode() {
      return bytes;
    }
  }
}
