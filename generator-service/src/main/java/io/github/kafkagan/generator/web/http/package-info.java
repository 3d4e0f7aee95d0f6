/** The routes of the page and its API, and who may use them. */
@NullMarked
package io.github.kafkagan.generator.web.http;

import org.jspecify.annotations.NullMarked;
