/** How a process starts, reads its options, reports a user's mistake and ends. */
@NullMarked
package io.github.kafkagan.pipeline.process;

import org.jspecify.annotations.NullMarked;
