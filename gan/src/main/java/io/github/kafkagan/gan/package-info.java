/**
 * Generative adversarial networks on DJL: what is shared by the trainer and by whoever serves its
 * generators.
 */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan;
