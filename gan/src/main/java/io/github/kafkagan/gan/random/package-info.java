/** Random numbers that any machine draws alike from the same seed. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.random;
