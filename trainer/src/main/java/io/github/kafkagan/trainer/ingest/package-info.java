/** From the images topic to mini-batches, in the order of the stream. */
@NullMarked
package io.github.kafkagan.trainer.ingest;

import org.jspecify.annotations.NullMarked;
