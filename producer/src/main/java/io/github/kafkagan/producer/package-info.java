/** Streams labelled images into the images topic: source, then schedule, then publish. */
@NullMarked
package io.github.kafkagan.producer;

import org.jspecify.annotations.NullMarked;
