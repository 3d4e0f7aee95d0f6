/** What people do with checkpoints: look at them, take them out of Kafka, put them in. */
@NullMarked
package io.github.kafkagan.trainer.tool;

import org.jspecify.annotations.NullMarked;
