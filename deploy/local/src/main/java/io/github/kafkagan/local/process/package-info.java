/** The demo's processes: how each is started, watched and stopped. */
@NullMarked
package io.github.kafkagan.local.process;

import org.jspecify.annotations.NullMarked;
