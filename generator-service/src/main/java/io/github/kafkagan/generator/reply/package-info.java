/** From pixels to reply records, and where these may go. */
@NullMarked
package io.github.kafkagan.generator.reply;

import org.jspecify.annotations.NullMarked;
