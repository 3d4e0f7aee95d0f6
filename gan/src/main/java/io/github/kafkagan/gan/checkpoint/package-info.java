/** Tensors as bytes, and back, without trust in the bytes. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.checkpoint;
