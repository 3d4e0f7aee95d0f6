/** What the processes' metrics say, from their text to the demo's figures. */
@NullMarked
package io.github.kafkagan.local.figures;

import org.jspecify.annotations.NullMarked;
