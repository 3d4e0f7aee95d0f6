/** The update of the weights from a loss. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.optimizer;
