/** From the topics that tell of training to what the page remembers of them. */
@NullMarked
package io.github.kafkagan.generator.web.feed;

import org.jspecify.annotations.NullMarked;
