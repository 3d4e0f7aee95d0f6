/** The page on which people watch training and draw images, and its HTTP API. */
@NullMarked
package io.github.kafkagan.generator.web;

import org.jspecify.annotations.NullMarked;
