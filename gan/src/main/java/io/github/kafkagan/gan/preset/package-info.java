/** Named and user-given training set-ups, read from JSON. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.preset;
