/** The trainer process: images in, checkpoints out. */
@NullMarked
package io.github.kafkagan.trainer;

import org.jspecify.annotations.NullMarked;
