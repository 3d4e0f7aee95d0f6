package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.trainer.step.Batch;

/**
 * A mini-batch of the stream.
 *
 * @param after where training is once it was trained on
 */
public record StreamBatch(Batch batch, StreamPosition after) {}
