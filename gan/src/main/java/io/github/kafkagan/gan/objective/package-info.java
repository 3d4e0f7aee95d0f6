/** What the discriminator and the generator minimise. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.objective;
