/**
 * Which image stands at which position of the stream, where the stream ends and how fast it may go.
 */
@NullMarked
package io.github.kafkagan.producer.schedule;

import org.jspecify.annotations.NullMarked;
