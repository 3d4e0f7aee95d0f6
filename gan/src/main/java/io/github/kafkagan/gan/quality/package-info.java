/** How good generated images are, measured while their generator learns. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.quality;
