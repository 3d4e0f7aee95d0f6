/** From request records to answers. */
@NullMarked
package io.github.kafkagan.generator.request;

import org.jspecify.annotations.NullMarked;
