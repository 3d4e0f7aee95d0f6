/** The demo as a client of the pipeline: saves sample sheets, asks for images by topic. */
@NullMarked
package io.github.kafkagan.local.samples;

import org.jspecify.annotations.NullMarked;
