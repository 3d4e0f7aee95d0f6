/** The images and the compose stack, as their users run them. */
@NullMarked
package io.github.kafkagan.docker;

import org.jspecify.annotations.NullMarked;
