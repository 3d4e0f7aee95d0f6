/** How speeds are compared: the sides take turns, and figures come with their spread. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.measure;
