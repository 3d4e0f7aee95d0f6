/**
 * What travels between the processes: topic names and settings, records, manifests, requests,
 * replies.
 */
@NullMarked
package io.github.kafkagan.pipeline.contract;

import org.jspecify.annotations.NullMarked;
