/** Bytes to values and back: JSON, PNG. */
@NullMarked
package io.github.kafkagan.pipeline.codec;

import org.jspecify.annotations.NullMarked;
