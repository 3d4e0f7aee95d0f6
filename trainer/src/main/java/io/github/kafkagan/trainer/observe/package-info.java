/** What a run shows of itself: metrics and events. */
@NullMarked
package io.github.kafkagan.trainer.observe;

import org.jspecify.annotations.NullMarked;
