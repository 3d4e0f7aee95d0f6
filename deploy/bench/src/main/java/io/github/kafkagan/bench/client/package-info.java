/** A client that asks for images and keeps count of the replies: as many at a time, or so often. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.client;
