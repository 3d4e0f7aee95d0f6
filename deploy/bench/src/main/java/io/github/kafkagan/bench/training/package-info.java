/** What is compared about training. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.training;
