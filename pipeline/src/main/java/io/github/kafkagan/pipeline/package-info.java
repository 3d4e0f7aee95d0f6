/** What every process agrees on: topics, records, codecs, process lifecycle and metrics. */
@NullMarked
package io.github.kafkagan.pipeline;

import org.jspecify.annotations.NullMarked;
