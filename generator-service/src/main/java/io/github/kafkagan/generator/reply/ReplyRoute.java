package io.github.kafkagan.generator.reply;

import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.Optional;

/**
 * An address that has been looked up.
 *
 * @param limits what its topic takes
 * @param refused why this is not where the requester wanted the reply; empty if it is
 */
public record ReplyRoute(
    ReplyAddress address, TopicLimits limits, Optional<RequestException> refused) {}
