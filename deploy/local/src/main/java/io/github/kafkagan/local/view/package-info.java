/** The demo's figures on a terminal, redrawn in place or line by line. */
@NullMarked
package io.github.kafkagan.local.view;

import org.jspecify.annotations.NullMarked;
