/** How each part of the pipeline is, as far as its topics and this service tell. */
@NullMarked
package io.github.kafkagan.generator.web.status;

import org.jspecify.annotations.NullMarked;
