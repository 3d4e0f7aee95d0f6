/** What a run resumes from and what it publishes. */
@NullMarked
package io.github.kafkagan.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
