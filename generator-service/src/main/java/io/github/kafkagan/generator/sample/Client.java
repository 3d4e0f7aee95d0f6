package io.github.kafkagan.generator.sample;

import java.util.function.BooleanSupplier;

/**
 * Who asks.
 *
 * @param name what tells it from others, with whom it takes turns
 * @param gone whether it does not wait any more; then its images need not be made
 */
public record Client(String name, BooleanSupplier gone) {}
