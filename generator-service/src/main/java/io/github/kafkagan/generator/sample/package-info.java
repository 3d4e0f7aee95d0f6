/** From requests to pixels, in batches across requests. */
@NullMarked
package io.github.kafkagan.generator.sample;

import org.jspecify.annotations.NullMarked;
