/** Writes the stream into the images topic, each position exactly once across restarts. */
@NullMarked
package io.github.kafkagan.producer.publish;

import org.jspecify.annotations.NullMarked;
