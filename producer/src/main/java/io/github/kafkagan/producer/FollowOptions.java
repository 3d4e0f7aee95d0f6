package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.process.CommonOptions;
import io.github.kafkagan.producer.publish.Following;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which trainer the stream keeps pace with. */
final class FollowOptions {
  @Option(
      names = "--max-lag",
      paramLabel = "N",
      description = {
        "Hold the stream while it is more than N images ahead of what --follow was trained on, as "
            + "its trainer says in the topic <prefix>training; for as long as there is no trainer, "
            + "too. At least 1000; below the trainer's --log-every times its batch, which is 1280 by "
            + "default, training becomes slower (default: do not hold it)."
      })
  private @Nullable Long maxLag;

  @Option(
      names = "--follow",
      paramLabel = "MODEL",
      description = "With --max-lag: the model whose training counts (default: that of --model).")
  private @Nullable String model;

  /**
   * Whom the stream follows; empty if nobody.
   *
   * @throws IllegalArgumentException if the options contradict each other
   */
  Optional<Following> following(CommonOptions common) {
    if (maxLag == null) {
      if (model != null) {
        throw new IllegalArgumentException("--follow needs --max-lag");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Following(
            common.topics().training().name(), model == null ? common.model() : model, maxLag));
  }
}
