/** The pipeline as a whole, its processes side by side on one machine. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.live;
