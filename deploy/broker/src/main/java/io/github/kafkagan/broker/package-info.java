/** A real Kafka broker in a process of its own, which ends with the process that started it. */
@NullMarked
package io.github.kafkagan.broker;

import org.jspecify.annotations.NullMarked;
