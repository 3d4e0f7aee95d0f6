/** What each preset has learnt after the same time. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.presets;
