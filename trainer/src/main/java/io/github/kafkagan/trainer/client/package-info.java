/** The trainer's Kafka clients. */
@NullMarked
package io.github.kafkagan.trainer.client;

import org.jspecify.annotations.NullMarked;
