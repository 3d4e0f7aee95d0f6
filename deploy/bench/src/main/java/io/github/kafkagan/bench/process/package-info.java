/** The processes that take part in a measurement. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.process;
