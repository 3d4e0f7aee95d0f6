/** Compares the pipeline's speed with what people would use instead. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench;
