/** The whole pipeline on one machine: starts its processes, shows what they do, stops them. */
@NullMarked
package io.github.kafkagan.local;

import org.jspecify.annotations.NullMarked;
