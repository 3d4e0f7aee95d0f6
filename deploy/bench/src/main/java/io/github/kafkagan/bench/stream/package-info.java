/** How fast images go into their topic and out of it. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.stream;
