package io.github.kafkagan.generator;

import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.pipeline.contract.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a generator service needs to know.
 *
 * @param models what is served of the checkpoints there are
 * @param instanceId which of several instances this is, the same after a restart
 * @param exactlyOnce whether each request gets one reply in spite of crashes, or at least one
 * @param replyTopics regular expression of reply topics; those named like the default one if null
 * @param replicationFactor of topics that the service creates; the broker's default if empty
 * @param clientProperties for every Kafka client
 */
public record ServiceSettings(
    Topics topics,
    ServedModels.Settings models,
    String instanceId,
    boolean exactlyOnce,
    SamplerSettings sampling,
    @Nullable String replyTopics,
    Optional<Short> replicationFactor,
    Map<String, Object> clientProperties) {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  public ServiceSettings {
    if (!LEGAL.matcher(instanceId).matches()) {
      throw new IllegalArgumentException(
          "--instance-id is 1 to 200 letters, digits, '.', '_' or '-', was '" + instanceId + "'");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Name of the consumer group, and what the names of its internal topics begin with. */
  public String applicationId() {
    return topics.prefix() + "generator-service";
  }
}
