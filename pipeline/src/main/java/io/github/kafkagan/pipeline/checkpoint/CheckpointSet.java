package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;

/**
 * A checkpoint whose bytes are all there and have the manifest's hash.
 *
 * @param bytes the chunks together
 */
public record CheckpointSet(Manifest manifest, byte[] bytes) {}
