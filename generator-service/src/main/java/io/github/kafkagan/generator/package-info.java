/** The generator service: the newest verified generator answers requests that come by topic. */
@NullMarked
package io.github.kafkagan.generator;

import org.jspecify.annotations.NullMarked;
