/** The topics that measurements use on the broker. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.kafka;
