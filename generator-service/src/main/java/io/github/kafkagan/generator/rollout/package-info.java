/** From checkpoint records to the generator that is being served. */
@NullMarked
package io.github.kafkagan.generator.rollout;

import org.jspecify.annotations.NullMarked;
