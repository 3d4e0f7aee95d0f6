/** Checkpoint sets on a compacted topic: chunks and, last in each transaction, a manifest. */
@NullMarked
package io.github.kafkagan.pipeline.checkpoint;

import org.jspecify.annotations.NullMarked;
