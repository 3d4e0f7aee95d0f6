/** Sides as processes of their own, so that neither changes how the other runs. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.worker;
