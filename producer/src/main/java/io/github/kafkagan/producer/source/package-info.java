/**
 * Where images come from: IDX files, named data sets and the places in which they are looked for.
 */
@NullMarked
package io.github.kafkagan.producer.source;

import org.jspecify.annotations.NullMarked;
