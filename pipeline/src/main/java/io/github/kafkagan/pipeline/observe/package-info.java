/** Metrics and health of a process, and the small HTTP server that shows them. */
@NullMarked
package io.github.kafkagan.pipeline.observe;

import org.jspecify.annotations.NullMarked;
