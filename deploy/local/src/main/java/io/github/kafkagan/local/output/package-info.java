/** The folder that a demo leaves behind. */
@NullMarked
package io.github.kafkagan.local.output;

import org.jspecify.annotations.NullMarked;
