/** Faults under load, on real processes, and what must hold in spite of them. */
@NullMarked
package io.github.kafkagan.chaos;

import org.jspecify.annotations.NullMarked;
