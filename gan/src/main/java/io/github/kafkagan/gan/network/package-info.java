/** Layers as plain records, and the networks that are built from them. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.network;
