/** What tests of every module hold real messages against; shared as this module's test jar. */
@NullMarked
package io.github.kafkagan.pipeline.conformance;

import org.jspecify.annotations.NullMarked;
